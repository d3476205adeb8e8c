import Screen

extension Terminal {
    /// Whether a frame could be presented now. If not, `wait` says `caughtUp` or `resumed` when it
    /// can, so nobody has to make frames for nothing until then.
    package var isReady: Bool {
        flush()
        let isReady = isHeld && output.isEmpty
        if !isReady { wasRefused = true }
        return isReady
    }

    /// Draws the grid and starts to send it; never blocks.
    ///
    /// False, and nothing drawn, while the former frame is not out or the terminal isn't ours: the
    /// newest frame is drawn instead when `wait` says `caughtUp` or `resumed`. A grid of another
    /// size than the window is drawn as far as it fits.
    package func present(_ grid: Grid, theme: Theme) -> Bool {
        guard isReady else { return false }
        draw(grid, theme: theme)
        let frame = curses.takeBytes()
        lastFrameBytes = frame.count
        if !frame.isEmpty {
            output.append(SynchronizedOutput.begin + frame + SynchronizedOutput.end)
            flush()
        }
        return true
    }

    /// Writes what the terminal takes now.
    func flush() {
        guard isHeld else { return }
        if output.flush(to: device.descriptor) == .gone { output.discard() }
    }

    private func draw(_ grid: Grid, theme: Theme) {
        let isOtherTheme = looks.use(theme)
        let isOtherSize = shown?.columns != grid.columns || shown?.rows != grid.rows
        if isOtherSize { curses.erase() }
        for row in 0..<min(rows, grid.rows) {
            guard isOtherTheme || isOtherSize || !isShown(row, of: grid) else { continue }
            draw(row, of: grid)
        }
        shown = grid
        curses.update()
    }

    private func isShown(_ row: Int, of grid: Grid) -> Bool {
        shown.map { $0.row(row) == grid.row(row) } ?? false
    }

    private func draw(_ row: Int, of grid: Grid) {
        curses.moveTo(row: row)
        let end = min(columns, grid.columns)
        var column = 0
        while column < end {
            let cell = grid[column, row]
            let width = isWide(cell.glyph, at: column, of: row, in: grid, end: end) ? 2 : 1
            let look = looks.look(of: cell.style)
            var (character, count) = CharacterCell.make(
                cell.glyph, width: width, look: look, isLast: column + width == columns)
            for _ in 0..<count { curses.put(&character) }
            column += width
        }
    }

    /// A wide glyph has its second half beside it; one that was cut hasn't, and is replaced.
    private func isWide(_ glyph: Glyph, at column: Int, of row: Int, in grid: Grid, end: Int)
        -> Bool
    {
        glyph.isWide && column + 1 < end
            && grid[column + 1, row].glyph.isContinuation
    }
}
