/// A file's text, with its lines as YAML counts them.
///
/// Places in it are offsets: Unicode scalars from the beginning. People get lines and columns.
struct SourceText {
    let scalars: [Unicode.Scalar]
    /// Offset of the first scalar of each line; never empty, ascending.
    private let lineStarts: [Int]

    init(_ text: String) {
        self.init(Array(text.unicodeScalars))
    }

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        var starts = [0]
        for i in scalars.indices where scalars[i].isLineBreak {
            let isFirstHalf = scalars[i] == "\r" && i + 1 < scalars.count && scalars[i + 1] == "\n"
            if !isFirstHalf { starts.append(i + 1) }
        }
        lineStarts = starts
    }

    /// The scalar at an offset; a line feed past the end.
    subscript(offset: Int) -> Unicode.Scalar {
        offset < scalars.count ? scalars[offset] : "\n"
    }

    /// From 0; past the last line it is the last.
    func lineIndex(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }

    func lineStart(_ index: Int) -> Int {
        index < lineStarts.count ? lineStarts[index] : scalars.count
    }

    /// Where the line of this offset ends, before its break.
    func lineEnd(at offset: Int) -> Int {
        var end = min(offset, scalars.count)
        while end < scalars.count, !scalars[end].isLineBreak { end += 1 }
        return end
    }

    /// Line and column from 1; the column counts characters.
    func place(at offset: Int) -> (line: Int, column: Int) {
        let offset = min(offset, scalars.count)
        let index = lineIndex(at: offset)
        return (index + 1, string(lineStarts[index]..<offset).count + 1)
    }

    /// The offset of a line and column from 1, where the column counts scalars.
    func offset(line: Int, column: Int) -> Int {
        guard line <= lineStarts.count else { return scalars.count }
        return min(lineStart(line - 1) + column - 1, scalars.count)
    }

    func string(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    /// A line without its break; empty if there is no such line. `number` is from 1.
    func line(_ number: Int) -> String {
        let start = lineStart(number - 1)
        return string(start..<lineEnd(at: start))
    }
}

extension Unicode.Scalar {
    /// What ends a line in YAML 1.1.
    var isLineBreak: Bool {
        self == "\n" || self == "\r" || self == "\u{85}" || self == "\u{2028}"
            || self == "\u{2029}"
    }

    var isBlank: Bool { self == " " || self == "\t" || isLineBreak }
}
