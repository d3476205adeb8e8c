import Events

/// A test of a dashboard's own views and alerts: a feed, and what has to come of it.
package struct TestDefinition: Hashable, Sendable {
    package enum Feed: Hashable, Sendable {
        /// A path, from the folder of the dashboard.
        case file(String)
        /// Records, as the stream's format has them, without their newlines.
        case records([String])
    }

    package var name: String
    package var feed: Feed
    /// The one that is fed, an index into the dashboard's streams; the others are empty.
    package var stream: Int
    /// At least one.
    package var expectations: [TestExpectation]

    package init(name: String, feed: Feed, stream: Int, expectations: [TestExpectation]) {
        self.name = name
        self.feed = feed
        self.stream = stream
        self.expectations = expectations
    }
}

package enum TestExpectation: Hashable, Sendable {
    case alert(AlertExpectation)
    case view(ViewExpectation)
}

/// When an alert changes its state, and for whom. At least one of the times, or `never`.
package struct AlertExpectation: Hashable, Sendable {
    package enum Groups: Hashable, Sendable {
        case count(Int)
        /// Of each group its values, in the order of the alert's `by`.
        case names([[String]])
    }

    /// An index into the dashboard's alerts.
    package var alert: Int
    package var pendingAt: TestTime?
    package var firingAt: TestTime?
    package var resolvedAt: TestTime?
    /// Of the change that `subject` names, as is `value`.
    package var groups: Groups?
    package var value: Double?
    /// It never fires.
    package var never = false

    package init(alert: Int) { self.alert = alert }
}

/// What a window of a view holds when it is final.
package struct ViewExpectation: Hashable, Sendable {
    package struct Value: Hashable, Sendable {
        /// An index into the columns of the view's query.
        package var column: Int
        /// nil: null.
        package var number: Double?

        package init(column: Int, number: Double?) {
            self.column = column
            self.number = number
        }
    }

    package struct Window: Hashable, Sendable {
        package var start: TestTime
        package var end: TestTime

        package init(start: TestTime, end: TestTime) {
            self.start = start
            self.end = end
        }
    }

    /// An index into the dashboard's views.
    package var view: Int
    /// nil: the view has none.
    package var window: Window?
    /// In the order of the view's keys; a number is written as it is printed.
    package var group: [String]
    /// At least one, unless `never`.
    package var values: [Value] = []
    /// The window has no row for the group.
    package var never = false

    package init(view: Int, window: Window?, group: [String]) {
        self.view = view
        self.window = window
        self.group = group
    }
}

/// An instant in a test.
package enum TestTime: Hashable, Sendable {
    /// Counted from the first event of the feed; negative before it.
    case sinceFirst(Nanoseconds)
    case at(Timestamp)

    package func instant(_ first: Timestamp) -> Timestamp {
        switch self {
        case .sinceFirst(let length): first + length
        case .at(let instant): instant
        }
    }
}
