/// Numbers of which the lowest is always known: a leaf each, and above two nodes the lower of them.
///
/// Setting one and asking for the place of the lowest take as many steps as the tree is high.
struct MinimumTree {
    /// Node `i` has the children `2i` and `2i + 1`; the leaves are the upper half.
    private var nodes = [Int64.max, .max]
    private var leaves: Int { nodes.count / 2 }
    private(set) var count = 0

    var minimum: Int64 { nodes[1] }

    /// The first place of the lowest; nil if that is `.max`.
    var place: Int? {
        guard minimum < .max else { return nil }
        var node = 1
        while node < leaves { node = nodes[2 * node] == minimum ? 2 * node : 2 * node + 1 }
        return node - leaves
    }

    mutating func append(_ value: Int64) {
        if count == leaves { grow() }
        count += 1
        self[count - 1] = value
    }

    subscript(place: Int) -> Int64 {
        get { nodes[leaves + place] }
        set {
            var node = leaves + place
            nodes[node] = newValue
            while node > 1 {
                node /= 2
                nodes[node] = min(nodes[2 * node], nodes[2 * node + 1])
            }
        }
    }

    private mutating func grow() {
        let values = Array(nodes[leaves...])
        nodes = [Int64](repeating: .max, count: nodes.count * 2)
        for (place, value) in values.enumerated() { self[place] = value }
    }
}
