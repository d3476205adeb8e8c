import CSimdjson
import Events

/// One field of the rows of a chunk, as the parser left it: a cell in each record.
struct CellColumn {
    /// Nil if there is no record, and so no row.
    private let first: UnsafePointer<JSONCell>?
    private let width: Int
    private let rows: UnsafeBufferPointer<Int32>

    init(table: JSONTable, cell: Int, rows: UnsafeBufferPointer<Int32>) {
        precondition(cell < table.width, "a field's cell was made by another parser")
        first = table.cells.map { $0 + cell }
        width = table.width
        self.rows = rows
    }

    /// In the forms asked for; codes where there is an interner to make them.
    func column(numbers: Bool, interner: ValueInterner?) -> Column {
        var column = Column(kinds: filled { $0.columnKind })
        if numbers { column.numbers = filled { $0.number } }
        if let interner {
            interner.begin()
            column.codes = filled { interner.code(of: $0) }
            column.dictionary = interner.values
            column.dictionaryNumber = interner.number
        }
        return column
    }

    /// The instant in each row; `.min` where there is none that can be read.
    func times(_ reader: inout TimeReader) -> [Int64] {
        var reading = reader
        defer { reader = reading }
        return filled { cell in
            if case .time(let time) = reading.read(cell) { time } else { .min }
        }
    }

    /// A value for each row, in one pass and one allocation.
    @inline(__always)
    private func filled<T>(_ value: (JSONCell) -> T) -> [T] {
        guard let first else { return [] }
        return Array(unsafeUninitializedCapacity: rows.count) { buffer, count in
            for i in 0..<rows.count {
                let cell = first[Int(rows[i]) &* width]
                (buffer.baseAddress! + i).initialize(to: value(cell))
            }
            count = rows.count
        }
    }
}

extension JSONCell {
    /// The two enums have the same order, so this costs nothing.
    @inline(__always) var columnKind: Column.Kind {
        switch kind {
        case .missing: .missing
        case .null: .null
        case .bool: .bool
        case .number: .number
        case .string: .string
        case .compound: .compound
        }
    }

    /// The number, else NaN.
    @inline(__always) var number: Double {
        switch kind {
        case .number: isInteger != 0 ? Double(integer) : real
        default: .nan
        }
    }
}
