/// A bar that fills from the left, with marks where its colour changes.
package struct Meter: Hashable, Sendable {
    /// 0 to 1; outside is held at the ends, nil and NaN draw an empty bar.
    package var share: Double?
    /// Where the bar turns `.warn` and `.bad`, as shares.
    package var warn: Double?
    package var crit: Double?
    /// The colour below the thresholds.
    package var role: Role

    package init(share: Double?, warn: Double? = nil, crit: Double? = nil, role: Role = .good) {
        self.share = share
        self.warn = warn
        self.crit = crit
        self.role = role
    }

    /// The role of the filled part. If `crit` lies below `warn`, small values are the bad ones.
    package var status: Role {
        guard let share, !share.isNaN else { return .dim }
        let isFalling = if let warn, let crit { crit < warn } else { false }
        func reaches(_ limit: Double?) -> Bool {
            limit.map { isFalling ? share <= $0 : share >= $0 } ?? false
        }
        return reaches(crit) ? .bad : reaches(warn) ? .warn : role
    }

    /// Every row of `rect` alike; without a track what isn't filled stays blank.
    package func draw(in rect: Rect, hasTrack: Bool = true, on grid: inout Grid) {
        guard !rect.isEmpty else { return }
        for row in rect.rows { drawRow(row, in: rect, hasTrack, on: &grid) }
    }

    private func drawRow(_ row: Int, in rect: Rect, _ hasTrack: Bool, on grid: inout Grid) {
        let pieces = grid.symbols.meterPieces
        let filled = eighths(of: rect.width)
        for offset in 0..<rect.width {
            let level = min(8, max(0, filled - offset * 8))
            let glyph = pieces.glyph(level)
            if glyph == nil, !hasTrack { continue }
            grid.put(
                glyph ?? pieces.track, column: rect.column + offset, row: row,
                style: Style(glyph == nil ? .dim : status.area))
        }
        for (limit, role) in [(warn, Role.warnArea), (crit, Role.badArea)] {
            guard let limit, limit > 0, limit < 1 else { continue }
            let offset = Int(limit * Double(rect.width))
            // A mark under the bar would break it up; there the bar's colour tells the same.
            guard pieces.glyph(filled - offset * 8) == nil else { continue }
            grid.put(pieces.mark, column: rect.column + offset, row: row, style: Style(role))
        }
    }

    /// At least one for a value above 0, and full only for 1, so that neither end lies.
    private func eighths(of width: Int) -> Int {
        guard let share, !share.isNaN, share > 0 else { return 0 }
        if share >= 1 { return width * 8 }
        return min(width * 8 - 1, max(1, Int((share * Double(width) * 8).rounded())))
    }
}

extension Role {
    /// What a filled area of this status is drawn in.
    fileprivate var area: Role {
        switch self {
        case .warn: .warnArea
        case .bad: .badArea
        default: self
        }
    }
}

/// What a bar is made of.
struct MeterPieces {
    let track: Glyph
    let mark: Glyph
    let isWholeOnly: Bool

    /// nil where nothing is filled. In ASCII a cell is full from one half on.
    func glyph(_ eighths: Int) -> Glyph? {
        if isWholeOnly { return eighths >= 4 ? Glyph(base: "#") : nil }
        return eighths <= 0 ? nil : Glyph(base: Unicode.Scalar(0x2590 - UInt32(min(8, eighths)))!)
    }
}

extension Symbols {
    var meterPieces: MeterPieces {
        self == .ascii
            ? MeterPieces(track: Glyph(base: "."), mark: Glyph(base: "|"), isWholeOnly: true)
            : MeterPieces(track: Glyph(base: "░"), mark: Glyph(base: "┊"), isWholeOnly: false)
    }
}
