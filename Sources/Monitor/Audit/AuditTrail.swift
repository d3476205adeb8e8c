import Configuration
import Connectors
import Engine
import Events

/// The audit trail of a live run: every transition of an alert and every act of a person as a line,
/// and what has to be known of alerts by the next run.
///
/// The engine's thread gives lines and never waits: a thread of its own chains and writes them, and
/// makes them durable before it says so. Where the disk is too slow for `limit` lines, or can't
/// take them, the newest are lost, and a line says how many.
final class AuditTrail: Sendable {
    static let limit = 10_000
    /// How often what is remembered is written while nothing changes; as much downtime as counts.
    private static let interval = Nanoseconds.seconds(1)
    /// The same for what is usual.
    private static let usualInterval = Nanoseconds.seconds(60)

    private let exchange = Exchange(Waiting())
    private let writer: WorkerThread
    /// What this run began with.
    let remembered: AlertMemory?
    let files: AuditFiles

    /// `say`: tells a person what is wrong with the files.
    init(
        _ files: AuditFiles, dashboard: String, now: Timestamp,
        say: @escaping @Sendable (String) -> Void
    ) throws(Ending) {
        makeFolders(of: files.trail)
        let memory = files.readMemory()
        var file = try AuditWriter(files, now: now, say: say)
        remembered = memory
        self.files = files
        let start = AuditLine.start(dashboard, remembers: remembered != nil, at: now)
        try file.write(Waiting(lines: [start.json]))
        let first = file
        writer = WorkerThread { [exchange] in
            var file = first
            while case .some(.some(let next)) = exchange.take({ $0.take() }) {
                file.keep(next, say: say)
            }
        }
    }

    /// What an input led to. Of the engine's thread.
    func take(_ effects: [Effect], _ engine: borrowing Engine, _ programs: Programs) {
        var lines: [String] = []
        for effect in effects {
            switch effect {
            case .alert(let rule, let change):
                let definition = programs[engine.plan.number].dashboard.alerts[rule]
                lines.append(AuditLine.change(change, rule: rule, definition, engine).json)
            case .acted(let action):
                lines.append(
                    AuditLine.action(action, number: engine.number, at: engine.now).json)
            case .revision(let rule, let revision):
                let definition = programs[engine.plan.number].dashboard.alerts[rule]
                lines.append(AuditLine.revision(revision, definition, engine.number).json)
            case .pane, .attention, .trouble: break
            }
        }
        let (isDue, isUsualDue) = exchange.read {
            (
                $0.rememberedAt + Self.interval <= engine.now,
                $0.usualAt + Self.usualInterval <= engine.now
            )
        }
        guard !lines.isEmpty || isDue else { return }
        let memory = engine.alertMemory
        let usual = isUsualDue ? engine.usualValues : nil
        let now = engine.now
        _ = exchange.give { state -> Exchange<Waiting>.Look<Void> in
            state.add(lines, memory, usual, at: now)
            return .done((), wakes: .taker)
        }
    }

    /// Writes what waits, and stops.
    func close(_ engine: borrowing Engine) {
        let (memory, usual, now) = (engine.alertMemory, engine.usualValues, engine.now)
        _ = exchange.give { state -> Exchange<Waiting>.Look<Void> in
            state.add([], memory, usual, at: now)
            state.isClosing = true
            return .done((), wakes: .taker)
        }
        writer.join()
    }

    /// What waits to be written.
    struct Waiting: Sendable {
        var lines: [String] = []
        var lost = 0
        var memory: AlertMemory?
        var rememberedAt = Timestamp.beginning
        var usual: AlertMemory?
        var usualAt = Timestamp.beginning
        var isClosing = false

        mutating func add(
            _ new: [String], _ memory: AlertMemory, _ usual: AlertMemory?, at now: Timestamp
        ) {
            let room = max(0, AuditTrail.limit - lines.count)
            lines += new.prefix(room)
            lost += max(0, new.count - room)
            self.memory = memory
            rememberedAt = now
            if let usual {
                usualAt = now
                if !usual.rules.isEmpty { self.usual = usual }
            }
        }

        /// nil: nothing will follow.
        fileprivate mutating func take() -> Exchange<Waiting>.Look<Waiting?> {
            guard !lines.isEmpty || memory != nil || lost > 0 else {
                return isClosing ? .done(nil, wakes: []) : .wait()
            }
            let taken = self
            (lines, lost, memory, usual) = ([], 0, nil, nil)
            return .done(taken, wakes: [])
        }
    }
}
