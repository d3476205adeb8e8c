import Screen
import Testing

@testable import Panels

/// The line that is typed.
@Suite struct LineEditorTests {
    private func typed(_ keys: [KeyPress], in editor: LineEditor = LineEditor()) -> LineEditor {
        var editor = editor
        for key in keys { _ = editor.handle(key) }
        return editor
    }

    @Test func editing() {
        let word = LineEditor("ab cd")
        #expect(typed([.left, .left, "x"], in: word).text == "ab xcd")
        #expect(typed([.home, .backspace, "x"], in: word).text == "xab cd")
        #expect(typed([.control("w")], in: word).text == "ab ")
        #expect(typed([.control("w"), .control("w")], in: word).text == "")
        #expect(typed([.left, .control("u")], in: word).text == "d")
        #expect(typed([.home, .right, .control("k")], in: word).text == "a")
        #expect(typed([.right, .right, "!"], in: word).text == "ab cd!")
        #expect(typed([.backspace]).text == "")
    }

    @Test func history() {
        var editor = LineEditor("", history: ["one", "two"])
        _ = editor.handle("n")
        #expect(typed([.up], in: editor).text == "two")
        #expect(typed([.up, .up], in: editor).text == "one")
        #expect(typed([.up, .up, .up], in: editor).text == "one")
        #expect(typed([.up, .down], in: editor).text == "n")
        #expect(editor.enter() == "n" && editor.history == ["one", "two", "n"])
        editor.set("n")
        _ = editor.enter()
        #expect(editor.history == ["one", "two", "n"])
    }

    @Test func completion() {
        var editor = LineEditor("count() by si")
        #expect(editor.complete(["site", "sizes", "by"]) == ["site", "sizes"])
        #expect(editor.text == "count() by si")
        #expect(editor.complete(["site"]) == ["site"])
        #expect(editor.text == "count() by site")
        var inside = LineEditor("avg(te")
        #expect(inside.complete(["temperature"]) == ["temperature"])
        #expect(inside.text == "avg(temperature")
        var nothing = LineEditor("zz")
        #expect(nothing.complete(["a"]).isEmpty && nothing.text == "zz")
    }

    @Test func aLineHasAnEnd() {
        let long = LineEditor(String(repeating: "a", count: 5000))
        #expect(long.text.count == LineEditor.lengthLimit)
        #expect(typed(["b"], in: long).text.count == LineEditor.lengthLimit)
    }
}
