/// A column of a view, which an alert's condition names: their places among the views and among
/// the aggregates of the view's query.
package struct ViewColumn: Hashable, Sendable {
    package var view: Int
    package var aggregate: Int

    package init(view: Int, aggregate: Int) {
        self.view = view
        self.aggregate = aggregate
    }
}
