import Events
import Queries

/// Events of a group in an order: each step is an event for which a condition holds, with others
/// between them as may be (relaxed contiguity, Flink CEP's `followedBy`), or that none such comes.
package struct SequenceRule: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package var condition: Expression
        /// No such event comes until the next step, or at the end until `within` is over.
        package var isAbsent: Bool

        package init(_ condition: Expression, isAbsent: Bool = false) {
            self.condition = condition
            self.isAbsent = isAbsent
        }
    }

    /// Steps at most.
    package static let stepLimit = 16

    /// Index of the stream.
    package var stream: Int
    /// The first is not absent; nor are two in a row.
    package var steps: [Step]
    package var keys: [FieldPath]
    /// From the first event of a match to its last, that included.
    package var within: Nanoseconds

    package init(stream: Int, steps: [Step], keys: [FieldPath], within: Nanoseconds) {
        precondition(steps.first.map { !$0.isAbsent } ?? false, "a sequence begins with an event")
        self.stream = stream
        self.steps = steps
        self.keys = keys
        self.within = within
    }

    /// What a rule of a sequence has instead of a view's column: how many matches ended.
    package static let column = FieldPath("matches")
}
