import Foundation
import Testing

@testable import Screen

@Suite struct ThemeTests {
    static let sample = """
        #A theme as people write them
        theme[main_bg]="#101010"
        theme[main_fg]='200 201 202'
        theme[title]="#ee"   # grey
          theme[hi_fg] = "#40a0ff"

        theme[cpu_box]=#405060
        theme[selected_bg]="#203040"
        theme[cpu_start]="#000000"
        theme[cpu_end]="#6464ff"
        theme[temp_end]="#ff2020"
        theme[div_line]=""
        theme[new_thing]="#ffffff"
        """

    @Test func readsEveryNotation() {
        let theme = Theme(parsing: Self.sample, name: "sample")
        #expect(theme.problems.isEmpty)
        #expect(theme.unknownKeys == 1)
        let back = RGB(0x101010)
        #expect(theme.colors(for: .text) == (RGB(200, 201, 202), back))
        #expect(theme.colors(for: .title) == (RGB(0xEEEEEE), back))
        #expect(theme.colors(for: .accent) == (RGB(0x40A0FF), back))
        #expect(theme.colors(for: .box) == (RGB(0x405060), back))
        #expect(theme.colors(for: .selected) == (RGB(200, 201, 202), RGB(0x203040)))
        #expect(theme.colors(for: .bad).foreground == RGB(0xFF2020))
    }

    @Test func theRampHasElevenSteps() {
        let theme = Theme(parsing: Self.sample, name: "sample")
        let blues = (0...10).map { theme.colors(for: .ramp(Double($0) / 10)).foreground?.blue }
        #expect(blues == [0, 26, 51, 77, 102, 128, 153, 179, 204, 230, 255])
        let single = Theme(parsing: "theme[cpu_start]=\"#123456\"", name: "single")
        #expect(single.colors(for: .ramp10).foreground == RGB(0x123456))
        let three = Theme(
            parsing: """
                theme[cpu_start]="#00"
                theme[cpu_mid]="#ff"
                theme[cpu_end]="#00"
                """, name: "three")
        #expect(three.colors(for: .ramp5).foreground == RGB(0xFFFFFF))
        #expect(three.colors(for: .ramp10).foreground == RGB(0x000000))
    }

    @Test(arguments: [
        "theme[main_fg", "main_fg=\"#ffffff\"", "theme[main_fg]", "theme[main_fg]=\"#fff",
        "theme[main_fg]=\"#fff\"", "theme[main_fg]=\"#gggggg\"", "theme[main_fg]=\"1 2\"",
        "theme[main_fg]=\"1 2 256\"", "theme[main_fg]=\"red\"", "theme[]=\"#ffffff\"", "\u{1B}[2J",
        "theme[main_fg]=\"#+12345\"",
    ])
    func whatIsMalformedIsListed(_ line: String) {
        let theme = Theme(parsing: "# first\n\(line)\ntheme[title]=\"#ab\"\r\n", name: "bad")
        #expect(theme.problems.map(\.line) == [2])
        #expect(theme.colors(for: .text).foreground == nil)
        #expect(theme.colors(for: .title).foreground == RGB(0xABABAB))
    }

    @Test func ownKeysComeFirst() {
        let own = Self.sample + "\ntheme[weir_bad]=\"#010203\"\ntheme[weir_series3]=\"#040506\"\n"
        let theme = Theme(parsing: own, name: "own")
        #expect(theme.colors(for: .bad).foreground == RGB(0x010203))
        #expect(theme.colors(for: .series3).foreground == RGB(0x040506))
    }

    @Test func seriesCanBeToldApart() {
        let theme = Theme(parsing: Self.sample, name: "sample")
        let series = (0..<8).map { theme.colors(for: .series($0)).foreground }
        #expect(Set(series).count == 8)
        #expect(series[0] == RGB(0x40A0FF))
    }

    @Test func faintTextIsLifted() throws {
        let theme = Theme(parsing: Self.sample + "\ntheme[inactive_fg]=\"#181818\"", name: "faint")
        let dim = try #require(theme.colors(for: .dim).foreground)
        #expect(dim.distance(to: RGB(0x101010)) >= 20_000)
        #expect(dim.distance(to: RGB(200, 201, 202)) > 0)
    }

    @Test func anAreaIsNeverTurnedInsideOut() {
        for role in [Role.warnArea, .badArea] {
            #expect(!Theme.mono.appearance(of: Style(role)).reverse)
        }
        let bad = Theme.standard.colors(for: .bad).foreground
        #expect(Theme.standard.colors(for: .badArea).foreground == bad)
    }

    // MARK: The themes of the program

    @Test(arguments: Theme.bundledTexts.map(\.name))
    func theLiteralsAreTheFiles(_ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../themes")
        let file = try String(contentsOf: folder.appending(path: "\(name).theme"), encoding: .utf8)
        #expect(Theme.bundledTexts.first { $0.name == name }?.text == file)
    }

    @Test func everyFileIsBundled() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../themes")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".theme") }
        #expect(Set(files) == Set(Theme.bundled.map { "\($0.name).theme" }))
        #expect(Theme.bundled.map(\.name) == Theme.bundledTexts.map(\.name))
    }

    @Test(arguments: Theme.bundled) func bundledThemesHaveNoProblems(_ theme: Theme) {
        #expect(theme.problems.isEmpty && theme.unknownKeys == 0)
        #expect(theme.isMono == (theme.name == "mono"))
    }

    /// WCAG 2.1: 4.5 is the least for text.
    @Test(arguments: Theme.bundled.filter { !$0.isMono }, Role.allCases.filter { $0 != .box })
    func textCanBeRead(_ theme: Theme, _ role: Role) throws {
        let colors = theme.colors(for: role)
        let front = luminance(try #require(colors.foreground))
        let back = luminance(try #require(colors.background))
        let contrast = (max(front, back) + 0.05) / (min(front, back) + 0.05)
        let least = role == .text || role == .selected ? 7 : role.isRamp ? 3 : 4.5
        #expect(contrast >= least, "\(theme.name) \(role): \(contrast)")
    }

    private func luminance(_ color: RGB) -> Double {
        func linear(_ part: UInt8) -> Double {
            let value = Double(part) / 255
            return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(color.red) + 0.7152 * linear(color.green)
            + 0.0722 * linear(color.blue)
    }

    @Test(arguments: [
        (Style(.text), false, false), (Style(.bad), true, true), (Style(.warn), true, false),
        (Style(.good), false, false), (Style(.selected), false, true),
        (Style(.selected, reverse: true), false, false), (Style(.dim, bold: true), true, false),
    ])
    func withoutColorStatusStillShows(_ style: Style, _ bold: Bool, _ reverse: Bool) {
        let expected = Appearance(foreground: nil, background: nil, bold: bold, reverse: reverse)
        #expect(Theme.mono.appearance(of: style) == expected)
        #expect(Theme.standard.appearance(of: style, depth: .mono) == expected)
    }

    /// With few colours nothing may vanish into the background.
    @Test(arguments: Theme.bundled.filter { !$0.isMono }, [ColorDepth.ansi8, .ansi16, .xterm256])
    func fewColorsHideNothing(_ theme: Theme, _ depth: ColorDepth) throws {
        let page = theme.appearance(of: Style(.text), depth: depth)
        for role in Role.allCases {
            let look = theme.appearance(of: Style(role), depth: depth)
            let front = depth.index(nearest: try #require(look.foreground))
            let back = depth.index(nearest: try #require(look.background))
            #expect(front != back, "\(theme.name) \(depth) \(role)")
        }
        #expect(theme.appearance(of: Style(.selected), depth: depth) != page)
    }
}

extension Role {
    fileprivate var isRamp: Bool { (Role.ramp0.rawValue...Role.ramp10.rawValue).contains(rawValue) }
}
