import Decoding
import Events
import Queries

extension DashboardReader {
    /// The options of a source: those in its name, and the keys beside it, which come after them.
    mutating func settings(
        of source: String, from: Fields.Field, in fields: Fields
    ) -> SourceSettings {
        var settings = SourceSettings()
        let scheme = RemoteScheme(source: source)
        let url = (try? SourceURL(source)) ?? nil
        for option in url?.options ?? [] {
            set(option.name, Fields.Field(option, in: from), of: scheme, in: &settings)
        }
        for field in fields.fields where field.name.contains(".") || field.isSourceOption {
            set(field.name, field, of: scheme, in: &settings)
        }
        return settings
    }

    private mutating func set(
        _ name: String, _ field: Fields.Field, of scheme: RemoteScheme?,
        in settings: inout SourceSettings
    ) {
        if name.contains("."), scheme?.takesProperties ?? false {
            guard let (value, text) = property(field) else { return }
            return once(name, field, settings) ? settings.set(name, value, text: text) : ()
        }
        guard let scheme, let option = scheme.options.first(where: { $0.name == name }) else {
            return refuseOption(name, field, of: scheme)
        }
        guard let (value, text) = value(of: option, field) else { return }
        if once(name, field, settings) { settings.set(option, value, text: text) }
    }

    /// An option that stands in the source's name doesn't stand beside it too.
    private mutating func once(
        _ name: String, _ field: Fields.Field, _ settings: SourceSettings
    ) -> Bool {
        guard settings.names.contains(name) else { return true }
        refuse(key: field.name, at: field.offset, "`\(printable(name))` is given twice")
        return false
    }

    private mutating func refuseOption(
        _ name: String, _ field: Fields.Field, of scheme: RemoteScheme?
    ) {
        let owners = (SourceOption(name: name)?.schemes ?? []).filter(RemoteScheme.built.contains)
        let others = owners.map { "`\($0.prefix)`" }.joined(separator: ", ")
        let known = (scheme?.options ?? []).map(\.name)
        var message = "`\(printable(name))` is no option of "
        message += scheme.map { "`\($0.prefix)`" } ?? "this source"
        if !others.isEmpty {
            message += "; it is one of \(others)"
        } else if let scheme {
            message += "; " + suggestion(name, among: known)
            if scheme.takesProperties { message += ", and properties of librdkafka have dots" }
        } else if name.contains(".") {
            message += "; names with dots are properties of `kafka://` sources"
        }
        refuse(key: field.name, at: field.offset, message)
    }

    /// A text of the source's library; a secret is named, never written.
    private mutating func property(_ field: Fields.Field) -> (SourceSettings.Value, String)? {
        guard let text = text(field, limit: 4096) else { return nil }
        if let secret = Secret(text) { return (.secret(secret), text) }
        guard !field.name.isNameOfSecret else {
            refuseSecret(field)
            return nil
        }
        return (.text(text), text)
    }

    mutating func refuseSecret(_ field: Fields.Field) {
        refuse(
            key: field.name, at: field.offset,
            "`\(printable(field.name))` is a secret, which isn't written out; expected "
                + Secret.forms)
    }

    private mutating func value(
        of option: SourceOption, _ field: Fields.Field
    ) -> (SourceSettings.Value, String)? {
        guard let text = text(field, limit: 4096) else { return nil }
        let value: SourceSettings.Value?
        switch option.kind {
        case .text: value = .text(text)
        case .truth: value = truth(field).map { .truth($0) }
        case .integer(let bounds): value = integer(field, in: bounds).map { .integer($0) }
        case .duration(let bounds): value = duration(field, in: bounds).map { .duration($0) }
        case .choice(let names): value = choice(field, text, of: names)
        case .start: value = start(field, text)
        case .secret:
            value = Secret(text).map { .secret($0) }
            if value == nil { refuseSecret(field) }
        case .name:
            value = Name.isValid(text) ? .text(text) : nil
            if value == nil {
                refuse(field, "`\(field.name)` is \(quotedPiece(text)), not the name of a field")
            }
        }
        return value.map { ($0, text) }
    }

    private mutating func choice(
        _ field: Fields.Field, _ text: String, of names: [String]
    ) -> SourceSettings.Value? {
        if names.contains(text) { return .text(text) }
        refuse(
            field,
            "`\(field.name)` is \(quotedPiece(text)); " + suggestion(text, among: names))
        return nil
    }

    private mutating func start(_ field: Fields.Field, _ text: String) -> SourceSettings.Value? {
        if let start = StartPosition(text: text) { return .start(start) }
        refuse(
            field,
            "`start` is \(quotedPiece(text)); expected `beginning`, `end`, an offset, a time like "
                + "`2026-11-25T14:00:00Z`, or `15m` for 15 minutes ago")
        return nil
    }
}

extension StartPosition {
    /// `beginning`, `end`, `1500`, `2026-11-25T14:00:00Z`, `15m`, `1714564800000-0`.
    package init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        if text == "beginning" || text == "end" {
            self = text == "end" ? .end : .beginning
        } else if let offset = Int64(text), offset >= 0 {
            self = .offset(offset)
        } else if parts.count == 2, parts.allSatisfy({ UInt64($0) != nil }) {
            self = .entry(text)
        } else if let time = Timestamp(text: text) {
            self = .time(time)
        } else if let ago = parseDuration(text) {
            self = .ago(ago)
        } else {
            return nil
        }
    }
}

extension Fields.Field {
    /// An option that stands in the source's name, and is reported there.
    fileprivate init(_ option: SourceURL.Option, in from: Fields.Field) {
        name = option.name
        offset = from.offset
        value = from.value
        value.content = .scalar(option.value, .plain)
    }

    fileprivate var isSourceOption: Bool { SourceOption(name: name) != nil }
}

extension String {
    /// Whether a property of this name holds something that nobody else may see.
    fileprivate var isNameOfSecret: Bool {
        split(separator: ".").contains { part in
            ["password", "secret", "token", "pem"].contains(String(part))
        }
    }
}
