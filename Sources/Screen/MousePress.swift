/// What a mouse did, and over which cell, from 0.
package struct MousePress: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The left button was pressed.
        case click
        /// It was pressed twice in the same place, quickly.
        case doubleClick
        case wheelUp, wheelDown
    }

    package var kind: Kind
    package var column: Int
    package var row: Int

    package init(_ kind: Kind, column: Int, row: Int) {
        self.kind = kind
        self.column = column
        self.row = row
    }
}
