import Events

/// A value per row, each different one written down once. Several places of the dictionary may
/// hold equal values, and any of them null.
struct ValueColumn {
    var codes: [UInt32]
    var dictionary: [Scalar]

    init(codes: [UInt32], dictionary: [Scalar]) {
        self.codes = codes
        self.dictionary = dictionary
    }

    init(repeating value: Scalar, count: Int) {
        self.init(codes: [UInt32](repeating: 0, count: count), dictionary: [value])
    }

    /// NaN is null.
    init(numbers: [Double]) {
        self.init(numbers.lazy.map { $0.isNaN ? .null : .number($0) }, count: numbers.count)
    }

    init(_ values: some Sequence<Scalar>, count: Int) {
        codes = []
        codes.reserveCapacity(count)
        dictionary = []
        var known: [Scalar: UInt32] = [:]
        for value in values {
            let next = UInt32(dictionary.count)
            let code = known[value, default: next]
            if code == next {
                known[value] = next
                dictionary.append(value)
            }
            codes.append(code)
        }
    }

    subscript(row: Int) -> Scalar { dictionary[Int(codes[row])] }

    /// What `body` makes of each row's value. It is asked at most once for each place of the
    /// dictionary, and only for those that a row has: a dictionary outlives its batch.
    func map<Result>(_ body: (Scalar) -> Result) -> [Result] {
        var results = [Result?](repeating: nil, count: dictionary.count)
        return codes.map { code in
            let place = Int(code)
            if let known = results[place] { return known }
            let result = body(dictionary[place])
            results[place] = result
            return result
        }
    }

    /// Of each row's value; nil where it is null.
    var fingerprints: [UInt64?] { map { $0 == .null ? nil : $0.fingerprint } }

    /// The same for a column.
    func mapped(_ body: (Scalar) -> Scalar) -> ValueColumn {
        var places = [UInt32](repeating: .max, count: dictionary.count)
        var results: [Scalar] = []
        let codes = codes.map { code in
            if places[Int(code)] == .max {
                places[Int(code)] = UInt32(results.count)
                results.append(body(dictionary[Int(code)]))
            }
            return places[Int(code)]
        }
        return ValueColumn(codes: codes, dictionary: results)
    }
}
