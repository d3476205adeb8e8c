import Queries

/// A query is refused at a place that it has, or it is read, and then its canonical text reads back
/// equal.
@Sendable func readQuery(_ bytes: UnsafeRawBufferPointer) {
    let text = String(bytes)
    do throws(QueryError) {
        let query = try Query(parsing: text)
        let canonical = query.description
        // Blanks between the words can take it past the limit.
        guard canonical.unicodeScalars.count <= Query.Limit.characters else { return }
        let again = try readBack(canonical)
        expect(again == query, "\(again) is \(query)")
        expect(again.description == canonical, "\(again.description) is \(canonical)")
    } catch {
        expect(error.column >= 1 && error.length >= 1, "\(error) has a place")
        let end = error.column + error.length - 1
        expect(
            end <= max(text.count, error.length == 1 ? text.count + 1 : 0), "\(error) is in it")
        expect(error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 }, "\(error) is text")
    }
}

private func readBack(_ canonical: String) throws(QueryError) -> Query {
    do throws(QueryError) {
        return try Query(parsing: canonical)
    } catch {
        expect(false, "\(canonical) reads back, and not \(error)")
        throw error
    }
}
