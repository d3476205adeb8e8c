import Engine
import Events
import Screen

/// The newest records of a stream as they came, good ones and bad ones, the newest last.
struct EventsPanel {
    let title: String
    let stream: StreamSnapshot
    let from: String
    let clock: ScreenClock
    let filter: KeySieve
    let isFocused: Bool

    func draw(in rect: Rect, on grid: inout Grid) {
        let rate = compactNumber(stream.rate)
        let inside = Box(
            title: CleanText(title), note: CleanText("\(rate)/s"), isFocused: isFocused
        ).draw(in: rect, on: &grid)
        guard !inside.isEmpty else { return }
        let records = records(inside.height)
        guard !records.isEmpty else {
            let text: CleanText =
                stream.books.received > 0
                ? "no record that is kept passes the filter"
                : CleanText("waiting for records from \(from)")
            grid.write(text, in: inside, line: inside.height / 2, .center, style: Style(.dim))
            return
        }
        let body = inside.inset(columns: 1, rows: 0)
        for (i, record) in records.enumerated() {
            RecordLine(record: record, clock: clock).draw(in: body, row: body.row + i, on: &grid)
        }
    }

    /// With a filter those of the last thousand in whose text it is found.
    private func records(_ count: Int) -> [RecentRecord] {
        if filter.isEmpty { return stream.recent.tail(count) }
        let passing = stream.recent.tail(1000).filter {
            filter.passes([String(decoding: $0.bytes, as: UTF8.self)])
        }
        return passing.suffix(count)
    }
}
