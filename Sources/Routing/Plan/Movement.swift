/// Finds between which rules requests change hands.
///
/// A request can only change hands when a match of a changed route fits it, before or after. Two
/// matches that are both left alone keep their order. So the pairs to ask about are those of a
/// changed match with the broader ones around it, and of old with new versions; the ``Witness``
/// of a pair answers for all its requests.
struct Movement {
    /// The pairs found.
    private(set) var moves: Set<Plan.Move> = []

    private let base: MatchIndex
    private let changed: Set<String>
    private let old: [IndexedMatch]
    private let new: [IndexedMatch]
    private let newIndex: MatchIndex
    /// What the search has cost.
    private(set) var budget = OverlapBudget()

    /// Plans the change of some routes.
    ///
    /// - Parameters:
    ///   - base: Every match before.
    ///   - old: The changed routes as they are, with their seniority.
    ///   - new: The changed routes as they will be, with their seniority.
    init(
        base: MatchIndex, old: [(route: HTTPRoute, sequence: Int)],
        new: [(route: HTTPRoute, sequence: Int)]
    ) throws(PlanFault) {
        self.base = base
        changed = Set((old + new).map(\.route.name))
        self.old = old.flatMap { IndexedMatch.all(of: $0.route, sequence: $0.sequence) }
        self.new = new.flatMap { IndexedMatch.all(of: $0.route, sequence: $0.sequence) }
        var index = MatchIndex()
        for (route, sequence) in new { index.insert(route, sequence: sequence) }
        newIndex = index
        for match in self.old + self.new { try follow(match) }
        try followVersions()
    }

    /// Asks about what a changed match fits alone, and together with each broader match left alone.
    private mutating func follow(_ match: IndexedMatch) throws(PlanFault) {
        try ask(Witness(match))
        for other in try base.broader(than: match, budget: &budget)
        where !changed.contains(other.route) {
            if let request = Witness(match, other) { try ask(request) }
        }
    }

    /// Asks about what an old version and a new one fit together, whichever is more specific.
    private mutating func followVersions() throws(PlanFault) {
        let newHosts = Set(new.map(\.host)).sorted { ($0?.text ?? "") < ($1?.text ?? "") }
        for first in old {
            let hosts = newHosts.filter { Witness.overlaps(first.host, $0) }.map { $0?.text ?? "" }
            for second in try newIndex.overlapping(first, on: hosts, budget: &budget)
            where first.label != second.label {
                if let request = Witness(first, second) { try ask(request) }
            }
        }
    }

    private mutating func ask(_ request: Witness) throws(PlanFault) {
        let before = try base.winner(of: request, excluding: [], budget: &budget)
        let kept = try base.winner(of: request, excluding: changed, budget: &budget)
        let fresh = try newIndex.winner(of: request, excluding: [], budget: &budget)
        let after = [kept, fresh].compactMap { $0 }.min { $0.rank < $1.rank }
        guard before?.label != after?.label else { return }
        moves.insert(Plan.Move(before: before?.label ?? "", after: after?.label ?? ""))
    }
}
