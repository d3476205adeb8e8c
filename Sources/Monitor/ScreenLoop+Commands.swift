import Configuration
import Events
import Panels
import Queries
import Screen

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// What the screen asks of the program.
extension ScreenLoop {
    /// True when it is over.
    mutating func carryOut(_ command: ScreenCommand) -> Bool {
        switch command {
        case .quit: return true
        case .redraw: terminal.redraw()
        case .reload: readAgain()
        case .theme(let name): use(theme: name)
        case .pause(let isPaused): pipeline.queue.hold(isPaused)
        case .copy(let text): copy(text)
        case .picture(let path): writePicture(to: path)
        case .query(let text): add(query: text)
        case .close: closeQuery()
        case .act(let action): pipeline.queue.act(action)
        case .play(let order): play(order)
        case .seek(let text): seek(text)
        case .loop(let text): loop(text)
        }
        return false
    }

    mutating func use(theme name: String) {
        guard let theme = options.themes.first(where: { $0.name == name }) else { return }
        options.theme = theme
        state.theme = name
        state.say("theme \(name)")
    }

    private mutating func copy(_ text: String) {
        let line = text.count > 60 ? String(text.prefix(60)) + "…" : text
        if terminal.copy(text) {
            state.say("copied: \(line)")
        } else {
            state.say("too long to copy: \(text.utf8.count) bytes", isProblem: true)
        }
    }

    private mutating func writePicture(to wanted: String?) {
        let stamp = LiveClock().now().rfc3339.filter { $0 != ":" && $0 != "-" }.prefix(15)
        let path = wanted ?? "weir-\(stamp).svg"
        guard let format = PictureFormat(path: path) else {
            return state.say(
                "a picture's file ends in one of \(PictureFormat.suffixes)", isProblem: true)
        }
        do throws(Ending) {
            try writeText(currentFrame.picture(format, theme: options.theme), to: path)
            state.say("the picture is in \(path)")
        } catch {
            state.say(error.message ?? "it can't be written", isProblem: true)
        }
    }

    // MARK: Dashboards that take over

    mutating func readAgain() {
        guard let reload else {
            return state.say("this dashboard is from no file", isProblem: true)
        }
        switch reload() {
        case .success(let next): change(to: next, done: "the dashboard was read again")
        case .failure(let error):
            let first = error.message?.split(separator: "\n").first.map(String.init) ?? "a reason"
            state.say("as before, for \(first)", isProblem: true)
        }
    }

    private mutating func add(query text: String) {
        let hasEnded = snapshot.streams.allSatisfy { $0.state == .ended }
        if pipeline.playback?.isOneWay ?? hasEnded {
            return state.say(
                "nothing comes any more that it could count; `weir query` asks it of the whole",
                isProblem: true)
        }
        let current = newest
        do {
            _ = try Query(parsing: text, units: current.streams.first?.units ?? [:])
        } catch {
            return state.say("column \(error.column): \(error.message)", isProblem: true)
        }
        do {
            change(
                to: try current.adding(query: text), done: "a panel of it; `:close` takes it away")
        } catch {
            state.say(error.errors[0].message, isProblem: true)
        }
    }

    private mutating func closeQuery() {
        guard let next = newest.withoutLastQuery else {
            return state.say("there is no panel of a query", isProblem: true)
        }
        change(to: next, done: "closed")
    }

    private var newest: Dashboard {
        pipeline.programs[pipeline.programs.count - 1].dashboard
    }

    private mutating func change(to dashboard: Dashboard, done: String) {
        guard pipeline.change(to: dashboard) else {
            return state.say(
                "as before: streams, consumer groups and receivers can't be changed while weir "
                    + "runs",
                isProblem: true)
        }
        state.say(done)
    }
}

/// Writes a small file as a whole; `isDurable`: and waits until it is on the disk.
func writeText(_ text: String, to path: String, isDurable: Bool = false) throws(Ending) {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    let descriptor = open(path, flags, 0o600)
    guard descriptor >= 0 else {
        throw Ending(.inputOutput, "\(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let n = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard n > 0 else {
            throw Ending(.inputOutput, "\(path): \(String(cString: strerror(errno)))")
        }
        rest = rest.dropFirst(n)
    }
    if isDurable, fsync(descriptor) != 0 {
        throw Ending(.inputOutput, "\(path): \(String(cString: strerror(errno)))")
    }
}
