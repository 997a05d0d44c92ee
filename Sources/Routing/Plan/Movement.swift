/// Finds between which rules requests change hands.
///
/// A request can only change hands when a match of a changed route fits it, before or after. Two
/// matches that are both left alone keep their order. So the pairs to ask about are those of a
/// changed match with the broader ones around it, and of old with new versions; the ``Witness``
/// of a pair answers for all its requests.
struct Movement {
    /// The pairs found.
    private(set) var moves: Set<Plan.Move> = []

    /// The pairs of matches behind them, when they are asked for.
    private(set) var pairs: [Winners.Identity: Winners] = [:]

    /// Every match before.
    let base: MatchIndex
    /// The routes whose matches change.
    let changed: Set<String>
    /// The matches of these routes after.
    let newIndex: MatchIndex
    private let old: [IndexedMatch]
    private let new: [IndexedMatch]
    private let collectsPairs: Bool
    /// What the search has cost.
    private(set) var budget = OverlapBudget()
    /// The hosts of both indexes that hold a host or are it, by that host: of a change's many
    /// matches, most are for the same few hosts.
    private var hostsKnown: [Hostname?: HostsAround] = [:]

    private struct HostsAround {
        let before: [String]
        let after: [String]
    }

    /// Plans the change of some routes.
    ///
    /// - Parameters:
    ///   - base: Every match before.
    ///   - old: The changed routes as they are, with their seniority.
    ///   - new: The changed routes as they will be, with their seniority.
    ///   - collectsPairs: Whether to keep the pairs of matches too, which a plan does not need.
    init(
        base: MatchIndex, old: [(route: HTTPRoute, sequence: Int)],
        new: [(route: HTTPRoute, sequence: Int)], collectsPairs: Bool = false
    ) throws(PlanFault) {
        self.base = base
        self.collectsPairs = collectsPairs
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
        let hosts = hosts(around: match.host).before
        for other in try base.broader(than: match, on: hosts, budget: &budget)
        where !changed.contains(other.route) {
            if let request = Witness(match, other) { try ask(request) }
        }
    }

    /// Asks about what an old version and a new one fit together, whichever is more specific.
    private mutating func followVersions() throws(PlanFault) {
        let newHosts = Set(new.map(\.host)).sorted { ($0?.text ?? "") < ($1?.text ?? "") }
        for first in old {
            let hosts = newHosts.filter { RequestPredicate.overlaps(first.host, $0) }
                .map { $0?.text ?? "" }
            for second in try newIndex.overlapping(first, on: hosts, budget: &budget)
            where first.label != second.label {
                if let request = Witness(first, second) { try ask(request) }
            }
        }
    }

    private mutating func ask(_ request: Witness) throws(PlanFault) {
        var spent = budget
        let winners = try winners(of: request, budget: &spent)
        budget = spent
        let move = winners.move
        guard move.before != move.after else { return }
        moves.insert(move)
        if collectsPairs { pairs[winners.identity] = winners }
    }

    /// What wins a request before and after.
    mutating func winners(
        of request: Witness, budget: inout OverlapBudget
    ) throws(PlanFault) -> Winners {
        let hosts = hosts(around: request.host)
        let before = try base.winner(
            of: request, on: hosts.before, excluding: [], budget: &budget)
        // What wins and is left alone still wins of those that are.
        let isLeftAlone = before.map { !changed.contains($0.route) } ?? true
        let kept =
            isLeftAlone
            ? before
            : try base.winner(of: request, on: hosts.before, excluding: changed, budget: &budget)
        let fresh = try newIndex.winner(
            of: request, on: hosts.after, excluding: [], budget: &budget)
        let after = [kept, fresh].compactMap { $0 }.min { $0.rank < $1.rank }
        return Winners(before: before, after: after)
    }

    private mutating func hosts(around host: Hostname?) -> HostsAround {
        if let known = hostsKnown[host] { return known }
        let found = HostsAround(
            before: base.hosts(around: host), after: newIndex.hosts(around: host))
        hostsKnown[host] = found
        return found
    }
}

/// The match that wins a request before, and the one that wins it after.
struct Winners: Sendable {
    /// Before; `nil` when none does.
    let before: IndexedMatch?
    /// After; `nil` when none does.
    let after: IndexedMatch?

    /// Which two matches they are.
    struct Identity: Hashable {
        let before: IndexedMatch.Identity?
        let after: IndexedMatch.Identity?
    }

    /// The rules that they are of.
    var move: Plan.Move { Plan.Move(before: before?.label ?? "", after: after?.label ?? "") }

    /// Which two matches they are.
    var identity: Identity { Identity(before: before?.identity, after: after?.identity) }
}

extension Movement {
    /// Plans the change of the routes that a bundle matches anew.
    ///
    /// - Parameter versions: The routes of the bundle, before and after.
    init(
        of versions: [RouteVersions], on base: DocumentSet, collectsPairs: Bool = false
    ) throws(PlanFault) {
        let rematched = versions.filter { !$0.keepsMatching }
        try self.init(
            base: base.matches,
            old: rematched.compactMap { version in
                version.before.map { ($0, version.sequence) }
            },
            new: rematched.compactMap { version in
                version.after.map { ($0, version.sequence) }
            },
            collectsPairs: collectsPairs)
    }
}
