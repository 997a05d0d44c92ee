/// Finds the requests behind each pair of matches between which requests change hands.
struct ShadowSearch {
    /// The most octets of a report, roughly as it is sent: what a council answers and a page shows
    /// with ease, and room for ten thousand exceptions.
    static let octetsMax = 4 << 20

    private var movement: Movement
    /// What the search has cost, apart from what finding the pairs has.
    private(set) var budget = OverlapBudget()
    private var octets = 0

    /// - Parameter movement: One that collected its pairs.
    init(_ movement: Movement) { self.movement = movement }

    /// The changes of all pairs, in order.
    mutating func changes() throws(PlanFault) -> [ShadowReport.Change] {
        var changes: [ShadowReport.Change] = []
        for pair in movement.pairs.values.sorted(by: Self.precedes) {
            if let change = try change(pair) { changes.append(change) }
        }
        return changes
    }

    private mutating func change(
        _ pair: Winners
    ) throws(PlanFault) -> ShadowReport.Change? {
        guard let requests = pair.requests else { return nil }
        let excepts = try excepts(from: requests, of: pair)
        try pay(for: requests)
        for except in excepts { try pay(for: except.requests) }
        var example = ExampleRequest(of: requests, besides: excepts.map(\.requests))
        // Nothing is shown to people that the index, as the gateway's table, does not confirm.
        if let found = example,
            try movement.winners(of: Witness(found), budget: &budget).identity != pair.identity
        {
            example = nil
        }
        return ShadowReport.Change(
            before: pair.before.map(ShadowReport.MatchName.init),
            after: pair.after.map(ShadowReport.MatchName.init), requests: requests,
            excepts: excepts, example: example)
    }

    /// What more specific matches take of a pair's requests.
    private mutating func excepts(
        from requests: RequestPredicate, of pair: Winners
    ) throws(PlanFault) -> [ShadowReport.Except] {
        var parts = ExceptList()
        for match in try movement.base.overlapping(requests, budget: &budget) {
            let isKept = !movement.changed.contains(match.route)
            if match.wins(over: pair.before) || isKept && match.wins(over: pair.after) {
                parts.append(match, of: requests)
            }
        }
        for match in try movement.newIndex.overlapping(requests, budget: &budget)
        where match.wins(over: pair.after) {
            parts.append(match, of: requests)
        }
        return try parts.outermost(budget: &budget)
    }

    private mutating func pay(for requests: RequestPredicate) throws(PlanFault) {
        octets += requests.octets
        guard octets <= Self.octetsMax else {
            throw PlanFault(.reportTooLong(limit: Self.octetsMax))
        }
    }

    /// The order of a report.
    private static func precedes(_ left: Winners, _ right: Winners) -> Bool {
        let ours = left.move
        let theirs = right.move
        if ours != theirs { return ours < theirs }
        let ourMatches = (left.before?.rank.match ?? -1, left.after?.rank.match ?? -1)
        let theirMatches = (right.before?.rank.match ?? -1, right.after?.rank.match ?? -1)
        if ourMatches != theirMatches { return ourMatches < theirMatches }
        let ourHosts = (left.before?.host?.text ?? "", left.after?.host?.text ?? "")
        return ourHosts < (right.before?.host?.text ?? "", right.after?.host?.text ?? "")
    }
}

extension Winners {
    /// The requests that both fit, or the one that there is; never none for a pair that was found.
    fileprivate var requests: RequestPredicate? {
        guard let before else { return after.map { RequestPredicate($0) } }
        let served = RequestPredicate(before)
        guard let after else { return served }
        return served.intersection(RequestPredicate(after))
    }
}

extension IndexedMatch {
    /// Whether it takes a request that both fit, or that nothing else does.
    fileprivate func wins(over winner: IndexedMatch?) -> Bool {
        winner.map { rank < $0.rank } ?? true
    }
}

extension RequestPredicate {
    /// About how many octets it takes when it is sent.
    fileprivate var octets: Int {
        let names = 160
        let fields = (headers + queryParams).reduce(0) {
            $0 + 24 + $1.name.utf8.count + $1.value.utf8.count
        }
        return names + (host?.name.utf8.count ?? 0) + path.value.utf8.count + fields
    }
}
