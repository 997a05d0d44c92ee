/// How many matches a plan may still compare; a hostile bundle runs out of it instead of time.
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
    /// - Parameter excluded: Routes that are taken as if they were not there.
    func winner(
        of request: Witness, excluding excluded: Set<String>, budget: inout OverlapBudget
    ) throws(PlanFault) -> IndexedMatch? {
        let prefixes = request.prefixes
        for host in request.hosts where hosts[host] != nil {
            for (index, path) in prefixes.enumerated() {
                guard let group = group(host: host, path: path) else { continue }
                // Only the first is the whole path, which an Exact match asks for.
                let candidates = index == 0 ? group.exact + group.prefix : group.prefix
                try budget.spend(candidates.count + 1)
                for candidate in candidates
                where !excluded.contains(candidate.route) && request.fits(candidate.match) {
                    return candidate
                }
            }
        }
        return nil
    }

    /// The matches that some request fits together with a match, and that are not more specific
    /// than it by host and path: those from which it could take requests.
    func broader(
        than match: IndexedMatch, budget: inout OverlapBudget
    ) throws(PlanFault) -> [IndexedMatch] {
        let hosts = match.hostsAround
        var found: [IndexedMatch] = []
        for (index, host) in hosts.enumerated() where self.hosts[host] != nil {
            // On the match's own host a longer path wins; on broader hosts every path loses.
            found += around(match.match.path, host: host)
            if index > 0 { found += below(match.match.path, host: host) }
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
            found += around(match.match.path, host: host) + below(match.match.path, host: host)
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
        let hosts = IndexedMatch.hosts(around: requests.host) + self.hosts(below: requests.host)
        var found: [IndexedMatch] = []
        for host in hosts where self.hosts[host] != nil {
            let known = found.count
            found += around(requests.path, host: host) + below(requests.path, host: host)
            try budget.spend(found.count - known + 1)
        }
        return found
    }

    /// The matches whose path holds the given one.
    private func around(_ path: HTTPRoute.PathMatch, host: String) -> [IndexedMatch] {
        var found: [IndexedMatch] = []
        for prefix in Witness.prefixes(of: path.value) {
            guard let group = group(host: host, path: prefix) else { continue }
            found += group.prefix
            if prefix == path.value, path.kind == .exact { found += group.exact }
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
