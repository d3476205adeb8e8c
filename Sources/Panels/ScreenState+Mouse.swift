import Engine
import Screen

/// The mouse, which nothing needs: a click gives a panel the keyboard, a double click zooms it, the
/// wheel scrolls what is below it.
extension ScreenState {
    private static let wheelRows = 3

    mutating func handle(_ mouse: MousePress, _ snapshot: EngineSnapshot) -> ScreenCommand? {
        guard prompt == nil else { return nil }
        if overlay != nil {
            if let key = mouse.wheelKey { _ = handleOverlay(key, snapshot) }
            return nil
        }
        guard let panel = panel(at: mouse) else { return nil }
        focus = panel
        switch mouse.kind {
        case .click: break
        case .doubleClick: isZoomed.toggle()
        case .wheelUp: panelStates[panel].select(-Self.wheelRows)
        case .wheelDown: panelStates[panel].select(Self.wheelRows)
        }
        return nil
    }

    private func panel(at mouse: MousePress) -> Int? {
        guard body.contains(column: mouse.column, row: mouse.row) else { return nil }
        if isZoomed { return panelStates.indices.contains(focus) ? focus : nil }
        return placement.panel(atColumn: mouse.column, row: mouse.row, page: page)?.panel
    }
}

extension MousePress {
    /// The key that does the same.
    fileprivate var wheelKey: KeyPress? {
        switch kind {
        case .wheelUp: .up
        case .wheelDown: .down
        case .click, .doubleClick: nil
        }
    }
}
