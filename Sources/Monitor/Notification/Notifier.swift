import Configuration
import Connectors
import Engine
import Events

/// Tells one receiver of alerts, on a thread of its own: the engine gives what has changed and
/// never waits, however slow the other side is.
///
/// At most `limit` alerts that changed wait to be looked at; past that the newest are lost, which
/// is counted and said.
final class Notifier: Sendable {
    static let limit = 10_000

    let definition: ReceiverDefinition
    private let exchange = Exchange(State())
    private let stop = Stop()
    private let thread: WorkerThread

    /// `log`: nil where nothing is remembered. `say`: tells a person what is wrong, `sign`: gives a
    /// sign on the terminal; nil without a screen.
    init(
        _ definition: ReceiverDefinition, dashboard: String, log: NotificationLog?,
        clock: any ProcessingClock = LiveClock(), say: @escaping @Sendable (String) -> Void,
        sign: (@Sendable (ReceiverDefinition.TerminalSign, String) -> Void)?
    ) {
        self.definition = definition
        thread = WorkerThread { [exchange, stop] in
            var rounds = Rounds(
                definition, dashboard: dashboard, log: log, clock: clock, stop: stop, say: say,
                sign: sign)
            rounds.run(exchange)
        }
    }

    var health: ReceiverHealth {
        exchange.read {
            ReceiverHealth(
                name: definition.name, sent: $0.sent, waiting: $0.waiting, lost: $0.lost,
                trouble: $0.trouble)
        }
    }

    /// The alerts that fire as the run begins.
    func begin(_ firing: [AlertNote]) {
        exchange.update { $0.beginning = firing.filter(isFor) }
        wake()
    }

    /// An alert that has begun, ended, or is muted or not any more.
    func tell(_ note: AlertNote) {
        guard isFor(note) else { return }
        exchange.update { $0.add(note) }
        wake()
    }

    /// Tries nothing any more, and writes down what it owes.
    func close() {
        exchange.update { $0.isClosing = true }
        stop.signal()
        wake()
        thread.join()
    }

    private func wake() {
        _ = exchange.give { _ -> Exchange<State>.Look<Void> in .done((), wakes: .taker) }
    }

    private func isFor(_ note: AlertNote) -> Bool {
        definition.only.allSatisfy { note.labels.contains($0) }
    }

    /// What the lock guards.
    struct State: Sendable {
        fileprivate var beginning: [AlertNote]?
        fileprivate var notes: [AlertNote] = []
        fileprivate var isClosing = false
        fileprivate var sent: UInt64 = 0
        fileprivate var waiting = 0
        fileprivate var lost: UInt64 = 0
        fileprivate var trouble: String?

        fileprivate mutating func add(_ note: AlertNote) {
            guard notes.count < Notifier.limit else {
                lost += 1
                return
            }
            notes.append(note)
        }

        fileprivate mutating func take() -> (beginning: [AlertNote]?, notes: [AlertNote]) {
            defer { (beginning, notes) = (nil, []) }
            return (beginning, notes)
        }
    }
}

/// What the thread of a notifier does.
private struct Rounds {
    private let definition: ReceiverDefinition
    private let dashboard: String
    private let log: NotificationLog?
    private let clock: any ProcessingClock
    private let stop: Stop
    private let say: @Sendable (String) -> Void
    private let way: ReceiverWay
    private var groups: NotificationGroups
    private var hasToldTrouble = false

    init(
        _ definition: ReceiverDefinition, dashboard: String, log: NotificationLog?,
        clock: any ProcessingClock, stop: Stop, say: @escaping @Sendable (String) -> Void,
        sign: (@Sendable (ReceiverDefinition.TerminalSign, String) -> Void)?
    ) {
        self.definition = definition
        self.dashboard = dashboard
        self.log = log
        self.clock = clock
        self.stop = stop
        self.say = say
        way = ReceiverWay(definition, sign)
        groups = NotificationGroups(
            by: definition.groupBy,
            NotificationGroups.Timing(
                wait: definition.groupWait, interval: definition.groupInterval,
                repeats: definition.repeatInterval, sendResolved: definition.sendResolved))
        log?.restore(&groups)
    }

    mutating func run(_ exchange: Exchange<Notifier.State>) {
        while true {
            let due = groups.dueAt
            let look = exchange.take { [clock] state -> Exchange<Notifier.State>.Look<Bool> in
                if state.isClosing { return .done(false, wakes: []) }
                if state.hasSomething { return .done(true, wakes: []) }
                guard let due else { return .wait() }
                let rest = due - clock.now()
                return rest <= .zero ? .done(true, wakes: []) : .wait(rest)
            }
            take(exchange)
            guard look == true else { break }
            while !stop.isSignaled, let message = groups.next(at: clock.now()) {
                tell(message, exchange)
                take(exchange)
            }
            exchange.update { $0.note(waiting: groups.waiting) }
        }
        write()
    }

    private mutating func take(_ exchange: Exchange<Notifier.State>) {
        var taken: (beginning: [AlertNote]?, notes: [AlertNote]) = (nil, [])
        exchange.update { taken = $0.takeAll() }
        if let beginning = taken.beginning { groups.begin(beginning, at: clock.now()) }
        for note in taken.notes { groups.update(note, at: clock.now()) }
    }

    private mutating func tell(
        _ message: NotificationGroups.Message, _ exchange: Exchange<Notifier.State>
    ) {
        write()
        let text = NotificationText(
            receiver: definition, dashboard: dashboard, message: message)
        let delivery = way.tell(text, at: clock.now(), until: stop)
        switch delivery {
        case .delivered: groups.told(message, at: clock.now())
        case .refused: groups.failed(message, isFinal: true, at: clock.now())
        case .failed: groups.failed(message, isFinal: false, at: clock.now())
        case .stopped: return
        }
        write()
        report(delivery)
        exchange.update { $0.note(delivery) }
    }

    /// Trouble is said when it begins, and when it is over.
    private mutating func report(_ delivery: Delivery) {
        switch delivery {
        case .delivered where hasToldTrouble:
            hasToldTrouble = false
            say("notify \(definition.name): told again")
        case .failed(let reason) where !hasToldTrouble:
            hasToldTrouble = true
            say("notify \(definition.name): \(reason); it is tried again")
        case .refused(let reason) where !hasToldTrouble:
            hasToldTrouble = true
            say("notify \(definition.name): \(reason); that would not change")
        default: break
        }
    }

    private mutating func write() {
        do throws(Ending) {
            try log?.write(groups)
        } catch {
            guard !hasToldTrouble else { return }
            hasToldTrouble = true
            say("notify \(definition.name): \(error.message ?? "its log can't be written")")
        }
    }
}

extension Notifier.State {
    fileprivate var hasSomething: Bool { beginning != nil || !notes.isEmpty }

    fileprivate mutating func takeAll() -> (beginning: [AlertNote]?, notes: [AlertNote]) { take() }

    fileprivate mutating func note(waiting: Int) { self.waiting = waiting }

    fileprivate mutating func note(_ delivery: Delivery) {
        switch delivery {
        case .delivered: (sent, trouble) = (sent + 1, nil)
        case .refused(let reason), .failed(let reason): trouble = reason
        case .stopped: break
        }
    }
}
