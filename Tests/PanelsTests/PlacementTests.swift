import Configuration
import Screen
import Testing

@testable import Panels

/// Where panels stand, by the room there is.
@Suite struct PlacementTests {
    private let body = Rect(column: 0, row: 1, width: 80, height: 22)

    private func panel(minWidth: Int = 20, minHeight: Int = 4) -> PanelDefinition {
        var panel = PanelDefinition(content: .health)
        (panel.minWidth, panel.minHeight) = (minWidth, minHeight)
        return panel
    }

    private func place(_ rows: [PanelRow], needs: [Int?]? = nil, in body: Rect) -> Placement {
        let count = rows.reduce(0) { $0 + $1.panels.count }
        return Placement(rows, needs: needs ?? Array(repeating: nil, count: count), in: body)
    }

    /// Every panel once, inside the body, none over another, and each line as wide as the body.
    private func check(_ placement: Placement, panels: Int, in body: Rect) {
        #expect(placement.pages.flatMap { $0.panels.map(\.panel) } == Array(0..<panels))
        for page in placement.pages {
            for place in page.panels {
                #expect(place.rect.intersection(body) == place.rect)
                for other in page.panels where other.panel != place.panel {
                    #expect(place.rect.intersection(other.rect).isEmpty)
                }
            }
            for (_, line) in Dictionary(grouping: page.panels, by: \.rect.row) {
                #expect(line.reduce(0) { $0 + $1.rect.width } == body.width)
            }
        }
    }

    @Test func aRowThatIsTooWideIsBroken() {
        // 3 × 27 is 81.
        let wide = PanelRow(panels: [27, 27, 27].map { panel(minWidth: $0) })
        let placement = place([wide], in: body)
        check(placement, panels: 3, in: body)
        #expect(Set(placement.pages[0].panels.map(\.rect.row)).count == 2)
        let fits = PanelRow(panels: [27, 27, 26].map { panel(minWidth: $0) })
        #expect(Set(place([fits], in: body).pages[0].panels.map(\.rect.row)).count == 1)
    }

    @Test func whatFindsNoRoomGoesToAPageOfItsOwn() {
        let rows = (0..<5).map { _ in PanelRow(panels: [panel(minHeight: 5)]) }
        let placement = place(rows, in: body)
        check(placement, panels: 5, in: body)
        #expect(placement.pages.map(\.panels.count) == [4, 1])
        #expect(placement.page(of: 3) == 0 && placement.page(of: 4) == 1)
        let larger = Rect(column: 0, row: 1, width: 80, height: 25)
        #expect(place(rows, in: larger).pages.count == 1)
    }

    @Test func pagesAreInTheOrderInWhichTheyAppear() {
        let rows = [
            PanelRow(panels: [panel()], page: "b"), PanelRow(panels: [panel()]),
            PanelRow(panels: [panel()], page: "b"),
        ]
        let placement = place(rows, in: body)
        #expect(placement.pages.map(\.name) == ["b", nil])
        #expect(placement.pages.map { $0.panels.map(\.panel) } == [[0, 2], [1]])
    }

    @Test func heightGoesWhereItIsOfUse() {
        let rows = (0..<3).map { _ in PanelRow(panels: [panel()]) }
        func heights(_ needs: [Int?]) -> [Int] {
            place(rows, needs: needs, in: body).pages[0].panels.map(\.rect.height)
        }
        #expect(heights([nil, nil, nil]) == [7, 7, 8])
        #expect(heights([5, nil, 6]) == [5, 11, 6])
        // Below its least height none is made, whatever it needs.
        #expect(heights([1, nil, nil])[0] == 4)
        // Where nobody has use for it, all share it.
        #expect(heights([4, 4, 4]) == [7, 7, 8])
    }

    @Test func aBodyWithoutRoomHasPagesAllTheSame() {
        let rows = [PanelRow(panels: [panel(), panel()])]
        let none = Rect(column: 0, row: 1, width: 0, height: 0)
        #expect(place(rows, in: none).pages.flatMap(\.panels).count == 2)
        #expect(place([], in: body).pages.count == 1)
    }
}
