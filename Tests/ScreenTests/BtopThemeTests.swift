import Foundation
import Testing

@testable import Screen

/// The themes that come with btop, where it is installed: all of them can be read, and what they
/// make of roles that btop has no word for can be told apart.
@Suite struct BtopThemeTests {
    private static let folder = "/usr/share/btop/themes"
    private static let isWanted =
        FileManager.default.fileExists(atPath: folder)
        || ProcessInfo.processInfo.environment["CI"] != nil

    @Test(.enabled(if: isWanted)) func allOfThemLoad() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
            .filter { $0.hasSuffix(".theme") }
        #expect(names.count >= 20)
        for name in names {
            let text = try String(contentsOfFile: Self.folder + "/" + name, encoding: .utf8)
            let theme = Theme(parsing: text, name: name)
            #expect(theme.problems == [], "\(name)")
            #expect(theme.unknownKeys == 0, "\(name)")
            #expect(!theme.isMono, "\(name)")
            expectReadable(theme)
        }
    }

    /// About 45 of 255 in green alone.
    private static let leastDistance = 8_000

    private func expectReadable(_ theme: Theme) {
        let status: [Role] = [.good, .warn, .bad]
        let colors = status.compactMap { theme.colors(for: $0).foreground }
        #expect(colors.count == 3, "\(theme.name)")
        for (i, one) in colors.enumerated() {
            for other in colors[(i + 1)...] {
                #expect(one.distance(to: other) >= Self.leastDistance, "\(theme.name)")
            }
        }
        guard let back = theme.colors(for: .text).background else { return }
        for role in status + [.text, .title, .accent, .series0, .series7] {
            let front = theme.colors(for: role).foreground
            #expect(front.map { $0.distance(to: back) >= 8_000 } ?? true, "\(theme.name) \(role)")
        }
    }
}
