import Glibc
import PresenterGrids
import Screen
import Terminal

// Presents random frames on its terminal: the next one at each `n`, until `q`. A frame that the
// terminal has no room for is left out, and the newest one drawn when it has. `x` traps.

setlocale(LC_ALL, "")
BlockedSignals.block()
let seed = UInt64(CommandLine.arguments[1])!
let terminal = try Terminal()
var number = -1

@MainActor func present() {
    let grid = PresenterGrids.grid(
        seed: seed, number: number, columns: terminal.columns, rows: terminal.rows)
    _ = terminal.present(grid, theme: Theme.standard)
}

while true {
    for event in terminal.wait(until: nil) {
        switch event {
        case .key(.character("n")):
            number += 1
            present()
        // A trap, as Swift has them.
        case .key(.character("x")): preconditionFailure("asked to")
        case .resized, .caughtUp, .resumed: if number >= 0 { present() }
        case .key(.character("q")), .hungUp, .terminated, .interrupted:
            terminal.close()
            exit(0)
        default: break
        }
    }
}
