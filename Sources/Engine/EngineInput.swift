import Events

/// An input as the engine takes it: decoded, numbered, stamped.
package struct EngineInput: Sendable {
    package enum Content: Sendable {
        case batch(ColumnBatch)
        /// The grid of processing time has reached `receivedAt`.
        case tick
        case source(SourceChange)
        case loss(SourceLoss)
        case lag(LagSample)
        case `operator`(OperatorAction)
        case restored(AlertMemory)
        /// From here on this is computed; batches that follow have its columns.
        case plan(EnginePlan)
    }

    package var number: UInt64
    package var receivedAt: Timestamp
    package var content: Content

    package init(number: UInt64, receivedAt: Timestamp, content: Content) {
        self.number = number
        self.receivedAt = receivedAt
        self.content = content
    }
}

/// What applying an input led to, for the driver to carry out.
package enum Effect: Sendable {
    /// A window fired: on time, late (one key's row, which replaces its former one), or for the
    /// last time.
    case pane(FiredPane)
    /// An alert went from one state to another: the index of its rule, and how.
    case alert(Int, AlertChange)
    /// A late pane would have changed what a rule found.
    case revision(Int, Revision)
    /// What a person has done, with what the engine added to it.
    case acted(OperatorAction)
    /// Whether somebody is to be told of an alert that is pending or firing has changed.
    case attention(AlertPlace, Mute?)
    /// A source can't be read, for now or for good: the reason.
    case trouble(String)
}
