import Engine
import Events
import Queries

/// Prints what answers say of consumer groups, a row for each partition.
struct LagReport {
    private var writer: RowWriter
    private var output = Output()
    /// How the time of each answer is written; nil: it isn't.
    private let times: TimesFormat?
    /// The last poll printed, by probe.
    private var printed: [Timestamp?] = []
    /// The status of each group at its last poll.
    private var statuses: [LagStatus?] = []

    init(format: RowFormat, times: TimesFormat?) {
        writer = RowWriter(format)
        self.times = times
    }

    /// Every group has answered, or been given up once.
    var hasAll: Bool { !printed.isEmpty && printed.allSatisfy { $0 != nil } }

    /// Nothing is known to be wrong with any group. That there is too little to judge by isn't.
    var isWell: Bool { statuses.allSatisfy { $0.map { $0 <= .warmingUp } ?? false } }

    /// The rows of groups that were asked again. False: nobody reads them any more.
    mutating func write(_ snapshot: LagSnapshot) throws(Ending) -> Bool {
        if printed.isEmpty {
            printed = snapshot.probes.map { _ in nil }
            statuses = printed.map { _ in nil }
        }
        var rows: [PrintedRow] = []
        for (i, probe) in snapshot.probes.enumerated() {
            guard let group = probe.groups.first, let at = group.history.last?.at,
                printed[i] != at
            else { continue }
            printed[i] = at
            statuses[i] = group.status
            rows += self.rows(group, at)
        }
        guard !rows.isEmpty else { return true }
        output.add(writer.text(of: rows))
        try output.flush()
        return !output.isClosed
    }

    private func rows(_ group: LagGroupSnapshot, _ at: Timestamp) -> [PrintedRow] {
        let start: [(String, Scalar)] =
            (times.map { [("at", $0.value(of: at))] } ?? []) + [("group", .string(group.name))]
        guard group.status != .disconnected, !group.partitions.isEmpty else {
            let age = group.age.map { "; the last answer came \(durationText($0)) ago" } ?? ""
            return [PrintedRow(start, nil, group.status, group.reason + age)]
        }
        return group.partitions.map { PrintedRow(start, $0, $0.status, $0.reason) }
    }
}

extension PrintedRow {
    /// The names are a contract. `partition`: nil where nobody answers.
    fileprivate init(
        _ start: [(String, Scalar)], _ partition: LagPartitionSnapshot?, _ status: LagStatus,
        _ reason: String
    ) {
        func number(_ value: Int64?) -> Scalar { value.map { .number(Double($0)) } ?? .null }
        self.init(
            fields: start + [
                ("topic", partition.map { .string($0.topic) } ?? .null),
                ("partition", number(partition.map { Int64($0.partition) })),
                ("committed", number(partition?.committed)),
                ("end", number(partition?.end)),
                ("lag", number(partition?.lag)),
                ("time_lag_ms", number(partition?.timeLag.milliseconds)),
                ("time_lag_method", partition.map { .string($0.timeLag.method) } ?? .null),
                ("drain_ms", number(partition?.trend.milliseconds)),
                ("headroom", number(partition?.headroom)),
                ("status", .string(status.word)),
                ("reason", .string(reason)),
            ])
    }
}

extension TimeLag {
    fileprivate var milliseconds: Int64? {
        switch self {
        case .exact(let length), .bracketed(let length, _), .atLeast(let length):
            length.rawValue / 1_000_000
        case .zero: 0
        case .unknown: nil
        }
    }

    fileprivate var method: String {
        switch self {
        case .exact: "exact"
        case .bracketed: "bracketed"
        case .atLeast: "at_least"
        case .zero: "zero"
        case .unknown: "unknown"
        }
    }
}

extension LagTrend {
    fileprivate var milliseconds: Int64? {
        if case .drains(let length) = self { length.rawValue / 1_000_000 } else { nil }
    }
}
