/// How many matches a plan may still compare; a hostile bundle runs out of it instead of time.
/// A path that is looked up in vain counts as one: see ``PathsAround/misses``.
///
/// What is counted is part of rules version 1: every reader must refuse the same bundles.
struct OverlapBudget {
    /// The most comparisons of a plan: far more than routes take whose matches differ by host or
    /// path, and about a tenth of a second's work.
    static let comparisonsMax = 1_000_000

    /// The comparisons made.
    private(set) var spent = 0

    /// Pays for comparisons before they are made.
    mutating func spend(_ comparisons: Int) throws(PlanFault) {
        spent += comparisons
        guard spent <= Self.comparisonsMax else {
            throw PlanFault(.tooManyOverlaps(limit: Self.comparisonsMax))
        }
    }
}

extension MatchIndex {
    /// The match that wins a request.
    ///
    /// - Parameters:
    ///   - hosts: Those of the index that fit the request, nearest first.
    ///   - excluded: Routes that are taken as if they were not there.
    func winner(
        of request: Witness, on hosts: [String], excluding excluded: Set<String>,
        budget: inout OverlapBudget
    ) throws(PlanFault) -> IndexedMatch? {
        for host in hosts {
            guard let groups = self.hosts[host] else { continue }
            let around = groups.places(around: request.path)
            try budget.spend(around.misses)
            for place in around.places {
                let group = groups[place]
                // An Exact match asks for the whole path.
                let isWhole = group.path.utf8.count == request.path.utf8.count
                let exact = isWhole ? group.exact : []
                try budget.spend(exact.count + group.prefix.count + 1)
                for candidates in [exact, group.prefix] {
                    for candidate in candidates
                    where request.fits(candidate) && !excluded.contains(candidate.route) {
                        return candidate
                    }
                }
            }
        }
        return nil
    }

    /// The matches that some request fits together with a match, and that are not more specific
    /// than it by host and path: those from which it could take requests.
    ///
    /// - Parameter hosts: Those of the index that hold the match's host or are it.
    func broader(
        than match: IndexedMatch, on hosts: [String], budget: inout OverlapBudget
    ) throws(PlanFault) -> [IndexedMatch] {
        let own = match.host?.text ?? ""
        var found: [IndexedMatch] = []
        for host in hosts {
            // On the match's own host a longer path wins; on broader hosts every path loses.
            found += try around(match.match.path, host: host, budget: &budget)
            if host != own { found += below(match.match.path, host: host) }
            try budget.spend(found.count + 1)
        }
        return found
    }

    /// The matches on some hosts that some request can fit together with a match.
    ///
    /// - Parameter hosts: The hosts to look at, as the index spells them.
    func overlapping(
        _ match: IndexedMatch, on hosts: [String], budget: inout OverlapBudget
    ) throws(PlanFault) -> [IndexedMatch] {
        var found: [IndexedMatch] = []
        for host in hosts where self.hosts[host] != nil {
            found += try around(match.match.path, host: host, budget: &budget)
            found += below(match.match.path, host: host)
            try budget.spend(found.count + 1)
        }
        return found.filter { Witness(match, $0) != nil }
    }

    /// The matches of which some request has a host and a path of the given ones.
    ///
    /// - Complexity: O(the hosts and paths that overlap), whatever else is in the index.
    func overlapping(
        _ requests: RequestPredicate, budget: inout OverlapBudget
    ) throws(PlanFault) -> [IndexedMatch] {
        let hosts = self.hosts(around: requests.host) + self.hosts(below: requests.host)
        var found: [IndexedMatch] = []
        for host in hosts {
            let known = found.count
            found += try around(requests.path, host: host, budget: &budget)
            found += below(requests.path, host: host)
            try budget.spend(found.count - known + 1)
        }
        return found
    }

    /// The matches whose path holds the given one.
    private func around(
        _ path: HTTPRoute.PathMatch, host: String, budget: inout OverlapBudget
    ) throws(PlanFault) -> [IndexedMatch] {
        guard let groups = hosts[host] else { return [] }
        let around = groups.places(around: path.value)
        try budget.spend(around.misses)
        var found: [IndexedMatch] = []
        for group in around.places.map({ groups[$0] }) {
            found += group.prefix
            if path.kind == .exact, group.path == path.value { found += group.exact }
        }
        return found
    }

    /// The matches whose path lies within the given one and is not it.
    private func below(_ path: HTTPRoute.PathMatch, host: String) -> [IndexedMatch] {
        guard path.kind == .prefix else { return [] }
        let same = group(host: host, path: Substring(path.value))?.exact ?? []
        return groups(host: host, below: path.value).reduce(into: same) {
            $0 += $1.exact + $1.prefix
        }
    }
}

extension IndexedMatch {
    /// The match's own host and those around it, as an index spells them, nearest first.
    var hostsAround: [String] { Self.hosts(around: host) }

    /// A host and those around it, as an index spells them, nearest first.
    static func hosts(around host: Hostname?) -> [String] {
        guard let host else { return [""] }
        var hosts = [host.text]
        var rest = Substring(host.name)
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            hosts.append("*.\(rest)")
        }
        return hosts + [""]
    }
}
