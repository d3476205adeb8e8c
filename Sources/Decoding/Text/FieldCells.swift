import CSimdjson

/// Which cells the fields of a format go to, where the format itself says which fields there are.
struct FieldCells<Field: Equatable> {
    /// Of each cell; nil: one that the format doesn't have.
    private var fields: [Field?] = []

    var count: Int { fields.count }

    /// The next cell is that of the field.
    mutating func add(_ field: Field?) { fields.append(field) }

    /// Sets the field's cells, of which there are none if nobody asked for it.
    func set(_ field: Field, _ value: JSONCell, in cells: UnsafeMutablePointer<JSONCell>) {
        for (i, asked) in fields.enumerated() where asked == field { cells[i] = value }
    }
}
