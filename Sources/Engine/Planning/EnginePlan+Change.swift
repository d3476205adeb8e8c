import Events

/// What of a plan stays when another one takes over.
extension ViewPlan {
    /// The same question of the same stream.
    func isSame(as other: ViewPlan, _ plan: EnginePlan, _ next: EnginePlan) -> Bool {
        name == other.name && query == other.query && keyLimit == other.keyLimit
            && plan.streams[stream] == next.streams[other.stream]
    }
}

extension RulePlan {
    /// The same rule on views that have stayed; `kept`: of each view of the other plan, which one
    /// it was.
    func isSame(as other: RulePlan, _ kept: [Int?]) -> Bool {
        name == other.name && when == other.when && clear == other.clear && rule == other.rule
            && every == other.every && measures == other.measures && sequence == other.sequence
            && columns.count == other.columns.count
            && other.columns.allSatisfy { path, column in
                guard let mine = columns[path] else { return false }
                return kept[column.view] == mine.view && column.aggregate == mine.aggregate
            }
    }
}

extension ViewState {
    /// Batches have other columns from now on.
    mutating func rebind(_ plan: ViewPlan, _ layout: CompiledQuery) {
        self.plan = plan
        windows.layout = layout
        sessions?.layout = layout
        for i in lanes.indices { lanes[i].windows.layout = layout }
        resolver = KeyResolver(columns: layout.keyColumns)
    }
}

extension EnginePlan {
    /// Of each field of a stream's batches: whether a view finds its events by it, by its `where`,
    /// `by` or `top`.
    func searched(_ fields: [FieldUse], ofStream index: Int) -> [Bool] {
        let paths = views.filter { $0.stream == index }.flatMap { view in
            var query = view.query
            query.aggregates = []
            return query.fieldUses.map(\.path)
        }
        return fields.map { paths.contains($0.path) }
    }
}
