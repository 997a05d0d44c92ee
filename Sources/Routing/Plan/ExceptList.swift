/// What more specific matches take of some requests, on the way to the shortest list that says it.
struct ExceptList {
    private var parts: [Part] = []

    /// A part, and what decides between the matches that take the same.
    private struct Part {
        let except: ShadowReport.Except
        let rank: MatchRank
    }

    /// Adds what a match takes of some requests, if it takes any.
    mutating func append(_ match: IndexedMatch, of requests: RequestPredicate) {
        guard let part = requests.intersection(RequestPredicate(match)) else { return }
        let name = ShadowReport.MatchName(match)
        parts.append(
            Part(except: ShadowReport.Except(match: name, requests: part), rank: match.rank))
    }

    /// The parts that lie within no other, in order; of equal ones that of the match that wins.
    ///
    /// - Complexity: O(n log n) where few share host and path.
    func outermost(budget: inout OverlapBudget) throws(PlanFault) -> [ShadowReport.Except] {
        let sorted = parts.sorted {
            $0.except.precedes($1.except)
                || !$1.except.precedes($0.except) && $0.rank < $1.rank
        }
        .map(\.except)
        // Only what stands at the place of a part or around it can hold it.
        var places: [Hostname?: [String: [Int]]] = [:]
        for (index, part) in sorted.enumerated() {
            places[part.requests.host, default: [:]][part.requests.path.value, default: []]
                .append(index)
        }
        var outermost: [ShadowReport.Except] = []
        for (index, part) in sorted.enumerated() {
            var isHeld = false
            for host in part.requests.hostsAround {
                guard let paths = places[host] else { continue }
                for path in Witness.prefixes(of: part.requests.path.value) where !isHeld {
                    let others = paths[String(path)] ?? []
                    try budget.spend(others.count + 1)
                    isHeld = others.contains { other in
                        other != index && part.requests.isWithin(sorted[other].requests)
                            && (other < index || !sorted[other].requests.isWithin(part.requests))
                    }
                }
            }
            if !isHeld { outermost.append(part) }
        }
        return outermost
    }
}

extension RequestPredicate {
    /// The host and those around it, nearest first.
    fileprivate var hostsAround: [Hostname?] {
        IndexedMatch.hosts(around: host).map(Hostname.init(text:))
    }
}

extension ShadowReport.Except {
    /// The order of a list: by host, path and method.
    fileprivate func precedes(_ other: Self) -> Bool {
        let ours = requests
        let theirs = other.requests
        if ours.host != theirs.host {
            return (ours.host?.text ?? "") < (theirs.host?.text ?? "")
        }
        if ours.path != theirs.path {
            return (ours.path.value, ours.path.kind.rawValue)
                < (theirs.path.value, theirs.path.kind.rawValue)
        }
        return (ours.method ?? "") < (theirs.method ?? "")
    }
}
