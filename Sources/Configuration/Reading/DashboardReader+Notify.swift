import Events

/// `notify`: who is told of alerts.
extension DashboardReader {
    mutating func readReceivers(_ fields: Fields) -> [ReceiverDefinition] {
        (named(fields, .notify) ?? []).compactMap { entry in
            guard checkName(entry.key, at: entry.keyOffset, of: "receiver"),
                let fields = self.fields(of: entry.value, .receiver),
                let way = way(fields, entry)
            else { return nil }
            var receiver = ReceiverDefinition(name: entry.key, way: way)
            refuseWhatIsOfNoUse(fields, receiver)
            readMessages(fields, &receiver)
            readWeb(fields, &receiver)
            return receiver
        }
    }

    // MARK: The way

    private mutating func way(
        _ fields: Fields, _ entry: DocumentNode.Entry
    ) -> ReceiverDefinition.Way? {
        let given = KeySet.receiverWays.compactMap { fields[$0] }
        guard let field = given.first else {
            if !fields.hasOthers {
                refuse(
                    key: entry.key, at: entry.keyOffset,
                    "receiver \(quotedPiece(entry.key)) has no way to be told: one of "
                        + KeySet.receiverWays.map { "`\($0)`" }.joined(separator: ", "))
            }
            return nil
        }
        if given.count > 1 {
            refuse(
                key: given[1].name, at: given[1].offset,
                "`\(given[1].name)` and `\(field.name)` in one receiver; write two")
            return nil
        }
        guard let text = text(field, limit: 4096) else { return nil }
        switch field.name {
        case "terminal": return terminal(field, text)
        case "command": return .command(text)
        case "webhook": return address(field, text).map { .webhook($0) }
        default: return address(field, text).map { .alertmanager($0) }
        }
    }

    private mutating func terminal(
        _ field: Fields.Field, _ text: String
    ) -> ReceiverDefinition.Way? {
        if let sign = ReceiverDefinition.TerminalSign(rawValue: text) { return .terminal(sign) }
        let names = ReceiverDefinition.TerminalSign.allCases.map(\.rawValue)
        refuse(
            field,
            "`terminal` is \(quotedPiece(text)); " + suggestion(text, among: names))
        return nil
    }

    private mutating func address(
        _ field: Fields.Field, _ text: String
    ) -> ReceiverDefinition.Address? {
        if let secret = Secret(text) { return .secret(secret) }
        let rest = ["http://", "https://"].first(where: text.hasPrefix).map {
            text.dropFirst($0.count)
        }
        guard let host = rest?.prefix(while: { $0 != "/" && $0 != "?" }), !host.isEmpty else {
            refuse(
                field,
                "`\(field.name)` is \(quotedPiece(text)); expected an address like "
                    + "`http://127.0.0.1:9093`, or where it is found: " + Secret.forms)
            return nil
        }
        guard !host.contains("@") else {
            refuse(
                field,
                "an address with a name and a password is a secret, which isn't written out; "
                    + "expected " + Secret.forms)
            return nil
        }
        return .url(text)
    }

    private mutating func refuseWhatIsOfNoUse(
        _ fields: Fields, _ receiver: ReceiverDefinition
    ) {
        var useless: [String] = []
        if !receiver.isGrouped {
            useless += ["group_by", "group_wait", "group_interval", "repeat_interval"]
        }
        if !receiver.isWeb { useless += ["bearer_token", "ca_file"] }
        if case .terminal = receiver.way { useless.append("timeout") }
        for key in useless {
            guard let field = fields[key] else { continue }
            refuse(
                key: key, at: field.offset,
                "`\(key)` is of no use to `\(receiver.way.name)`"
                    + (key.contains("_") && !receiver.isGrouped
                        ? ", which groups and repeats by itself" : ""))
        }
    }

    // MARK: Messages

    private mutating func readMessages(_ fields: Fields, _ receiver: inout ReceiverDefinition) {
        receiver.only = labels(fields["only"])
        if let field = fields["group_by"], receiver.isGrouped { receiver.groupBy = names(field) }
        guard receiver.isGrouped else {
            receiver.sendResolved = fields["send_resolved"].flatMap { truth($0) } ?? true
            return
        }
        if let field = fields["group_wait"] {
            receiver.groupWait = duration(field, in: .zero...Self.longest) ?? .zero
        }
        if let field = fields["group_interval"] {
            receiver.groupInterval = duration(field, in: .seconds(1)...Self.longest) ?? .zero
        }
        if let field = fields["repeat_interval"] {
            receiver.repeatInterval = duration(field, in: .seconds(1)...Self.longest) ?? .zero
        }
        receiver.sendResolved = fields["send_resolved"].flatMap { truth($0) } ?? true
        checkGroups(fields, receiver)
    }

    /// A name by which no alert differs would make one message of all.
    private mutating func checkGroups(_ fields: Fields, _ receiver: ReceiverDefinition) {
        guard let field = fields["group_by"], problems.isEmpty else { return }
        let known =
            ["alert"] + alerts.flatMap { $0.groups.map(\.name) + $0.labels.map(\.name) }
        for name in receiver.groupBy where !known.contains(name) {
            refuse(
                field,
                "no alert has a field or label \(quotedPiece(name)); "
                    + suggestion(
                        name,
                        among: known.reduce(into: []) { all, name in
                            if !all.contains(name) { all.append(name) }
                        }))
        }
    }

    private mutating func readWeb(_ fields: Fields, _ receiver: inout ReceiverDefinition) {
        if let field = fields["timeout"] {
            receiver.timeout =
                duration(field, in: .milliseconds(100)...Nanoseconds.seconds(300)) ?? .zero
        }
        receiver.caFile = fields["ca_file"].flatMap { text($0, limit: 4096) }
        guard let field = fields["bearer_token"], let text = text(field, limit: 4096) else {
            return
        }
        receiver.bearerToken = Secret(text)
        if receiver.bearerToken == nil { refuseSecret(field) }
    }
}
