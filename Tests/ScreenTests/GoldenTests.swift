import Testing

@testable import Screen

@Suite struct GoldenTests {
    private func frame() -> Grid {
        var grid = Grid(columns: 20, rows: 4)
        let inside = Box(title: "load", note: "/s").draw(
            in: Rect(column: 0, row: 0, width: 20, height: 3), on: &grid)
        grid.write("大阪", in: inside, style: Style(.series0, bold: true))
        grid.write("6.2k", in: inside, .trailing, style: Style(.text))
        grid.fill(Rect(column: 0, row: 3, width: 20, height: 1), style: Style(.dim, reverse: true))
        return grid
    }

    @Test func namesTextAndRoles() {
        #expect(
            frame().golden == """
                grid 20x4
                ╭ load ──────── /s ╮
                │大阪          6.2k│
                ╰──────────────────╯

                roles
                0: 0 box, 1-6 title, 7-14 box, 15-18 dim, 19 box
                1: 0 box, 1-4 series0 bold, 19 box
                2: 0-19 box
                3: 0-19 dim reverse

                """)
    }

    @Test func differsWhereTheFrameDiffers() {
        var other = frame()
        #expect(other.golden == frame().golden)
        other.restyle(Rect(column: 15, row: 1, width: 1, height: 1), role: .warn)
        #expect(other.golden != frame().golden)
    }

    @Test func thePictureHoldsEveryWordAndEscapesIt() {
        var grid = Grid(columns: 16, rows: 2)
        grid.write("a<b>&\u{1B} ok", column: 0, row: 0, style: Style(.bad))
        grid.write("█⣀─大", column: 0, row: 1, style: Style(.good, reverse: true))
        let picture = grid.svg(theme: .standard)
        #expect(picture.hasPrefix("<svg ") && picture.hasSuffix("</svg>\n"))
        #expect(picture.contains(">a&lt;b&gt;&amp;<") && picture.contains(">ok<"))
        #expect(picture.contains(">大<") && picture.contains("textLength=\"180\""))
        #expect(!picture.contains("\u{1B}") && !picture.contains(">█"))
        let good = Theme.standard.colors(for: .good).foreground!.hex
        #expect(picture.contains("height=\"190\" fill=\"\(good)\""))
    }

    @Test func asTextAndWithColours() {
        #expect(
            frame().text == "╭ load ──────── /s ╮\n│大阪          6.2k│\n╰──────────────────╯\n\n")
        var grid = Grid(columns: 6, rows: 3)
        grid.write("a\u{1B}b", column: 0, row: 0, style: Style(.bad))
        grid.fill(Rect(column: 0, row: 1, width: 2, height: 1), style: Style(.text, reverse: true))
        let lines = grid.ansi(theme: .mono, depth: .mono).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines == ["\u{1B}[0;1;7ma\u{FFFD}b\u{1B}[m", "\u{1B}[0;7m  \u{1B}[m", "", ""])
        let theme = Theme(
            parsing: "theme[main_fg]=\"#0a0b0c\"\ntheme[main_bg]=\"#ff0000\"", name: "test")
        let plain = Grid(columns: 2, rows: 1)
        #expect(
            plain.ansi(theme: theme) == "\u{1B}[0;38;2;10;11;12;48;2;255;0;0m  \u{1B}[m\n")
        #expect(
            plain.ansi(theme: theme, depth: .xterm256)
                == "\u{1B}[0;38;5;232;48;5;196m  \u{1B}[m\n")
        #expect(plain.ansi(theme: theme, depth: .ansi16) == "\u{1B}[0;30;101m  \u{1B}[m\n")
    }

    @Test(
        arguments: [
            ("a.svg", .svg), ("x/y.txt", .text), ("a.b.ans", .ansi), ("z.ansi", .ansi),
            ("svg", nil), (".svg", nil), ("a.svg/b", nil), ("plant.yaml", nil), ("", nil),
        ] as [(String, PictureFormat?)])
    func formats(_ path: String, _ format: PictureFormat?) {
        #expect(PictureFormat(path: path) == format)
    }

    @Test(
        arguments: [
            ("█", "M0 0h90v190h-90z"), ("▄", "M0 95h90v95h-90z"), ("▌", "M0 0h45v190h-45z"),
            ("⠁", "M6 24a17 17 0 1 0 34 0a17 17 0 1 0 -34 0"),
            ("⢀", "M51 165a17 17 0 1 0 34 0a17 17 0 1 0 -34 0"), ("│", "M0 0m45 0v190"),
        ] as [(CleanText, String)])
    func shapes(_ text: CleanText, _ path: String) {
        #expect(text.glyphs[0].shape(x: 0, y: 0)?.path == path)
    }
}
