/// Where a record came from. Two records with the same origin and offset are the same record.
package struct Origin: Hashable, Sendable {
    /// The source's name, as the user gave it: a path, `stdin`, `demo:plant`.
    package var source: String
    /// Which of the source's partitions; a source without partitions has one, 0.
    package var partition: Int
    /// Counts the lives of a partition: rotation, truncation, a recreated topic or an asked-for
    /// seek begin a new one, in which offsets mean something else.
    package var incarnation: Int

    package init(source: String, partition: Int = 0, incarnation: Int = 0) {
        self.source = source
        self.partition = partition
        self.incarnation = incarnation
    }
}
