import Foundation
import Screen
import Testing

@testable import Panels

/// The key map, as it is and as people change it.
@Suite struct KeyMapTests {
    @Test(arguments: [KeyBinding.Scope.live, .replay])
    func everyKeyDoesOneThing(_ scope: KeyBinding.Scope) {
        let keys = KeyMap.standard.part(scope).bindings.flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
        let names = KeyMap.standard.bindings.map(\.name)
        #expect(Set(names).count == names.count)
        for digit in 1...9 {
            let key = KeyPress.character(Character("\(digit)"))
            #expect(KeyMap.standard.action(of: key) == .panel(digit - 1))
        }
    }

    /// docs/screen.md tells of each action by its name, and of no other.
    @Test func thePageKnowsThemAll() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/screen.md")
        let page = try String(contentsOf: file, encoding: .utf8)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }
        let names = rows.flatMap { row -> [String] in
            let cells = row.split(separator: "|")
            guard cells.count == 3 else { return [] }
            return cells[2].split(separator: " ").map { $0.filter { $0 != "`" } }
        }.filter { !["name", "---"].contains($0) }
        #expect(Set(names) == Set(KeyMap.standard.bindings.map(\.name)))
    }

    @Test func changed() throws {
        let map = try KeyMap.standard.changed(
            by: "# mine\nfreeze f ctrl-f\n\nsort S # not s\nquit Q pgdn"
        ).part(.live)
        #expect(map.action(of: "f") == .freeze && map.action(of: .control("f")) == .freeze)
        #expect(map.action(of: " ") == nil && map.action(of: "s") == nil)
        #expect(map.action(of: .pageDown) == .quit && map.action(of: "q") == nil)
        #expect(HelpBox(keyMap: map, search: "freeze").lines.map(\.label) == ["f Ctrl-F"])
    }

    /// What a key does in a replay is no reason against another use of it elsewhere, and there it
    /// comes first.
    @Test func whatOnlyAReplayHas() throws {
        let standard = KeyMap.standard
        #expect(standard.part(.live).action(of: " ") == .freeze)
        #expect(standard.part(.replay).action(of: " ") == .play)
        #expect(standard.part(.live).action(of: .right) == .nextPanel)
        #expect(standard.part(.replay).action(of: .right) == .seek(1))
        #expect(standard.part(.replay).action(of: "l") == .nextPanel)
        #expect(standard.part(.replay).action(of: "S") == nil)
        let map = try standard.changed(by: "play f")
        #expect(map.part(.live).action(of: " ") == .freeze)
        #expect(map.part(.replay).action(of: "f") == .play)
        #expect(map.part(.replay).action(of: " ") == nil)
    }

    @Test func aKeyThatIsTakenIsGivenUp() throws {
        let map = try KeyMap.standard.changed(by: "theme j")
        #expect(map.action(of: "j") == .theme && map.action(of: .down) == .move(1))
    }

    @Test(arguments: [
        ("freez f", 1, "there is no action `freez`"), ("\nfreeze ff", 2, "`ff` is no key"),
        ("freeze", 1, "has no key"), ("theme q ctrl-c", 1, "no key is left for `quit`"),
        ("freeze ctrl-1", 1, "is no key"),
    ])
    func mistakes(text: String, line: Int, message: String) {
        let problem = #expect(throws: KeyMap.Problem.self) {
            try KeyMap.standard.changed(by: text)
        }
        #expect(problem?.line == line && problem?.message.contains(message) == true)
    }
}
