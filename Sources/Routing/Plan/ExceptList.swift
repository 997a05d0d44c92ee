/// What more specific matches take of some requests, on the way to the shortest list that says it.
struct ExceptList {
    private var parts: [Part] = []

    /// A part, and what its place in the list follows from.
    private struct Part {
        let except: ShadowReport.Except
        /// Decides between the matches that take the same.
        let rank: MatchRank
        /// The host as an index spells it.
        let host: String

        /// The order of a list: by host, path and method; of equal parts that of the match that
        /// wins comes first.
        func precedes(_ other: Part) -> Bool {
            if host != other.host { return host < other.host }
            let ours = except.requests.path
            let theirs = other.except.requests.path
            if ours != theirs {
                return (ours.value, ours.kind.rawValue) < (theirs.value, theirs.kind.rawValue)
            }
            let methods = (except.requests.method ?? "", other.except.requests.method ?? "")
            return methods.0 == methods.1 ? rank < other.rank : methods.0 < methods.1
        }
    }

    /// The parts of one host and one path.
    private struct PathParts: AtPath {
        let path: String
        var numbers: [Int]
    }

    /// Adds what a match takes of some requests, if it takes any.
    mutating func append(_ match: IndexedMatch, of requests: RequestPredicate) {
        guard let part = requests.intersection(RequestPredicate(match)) else { return }
        let name = ShadowReport.MatchName(match)
        parts.append(
            Part(
                except: ShadowReport.Except(match: name, requests: part), rank: match.rank,
                host: part.host?.text ?? ""))
    }

    /// The parts that lie within no other, in order; of equal ones that of the match that wins.
    ///
    /// - Complexity: O(n log n) where few share host and path.
    func outermost(budget: inout OverlapBudget) throws(PlanFault) -> [ShadowReport.Except] {
        // Numbers are moved about with less effort than parts.
        let sorted = parts.indices.sorted { parts[$0].precedes(parts[$1]) }.map { parts[$0] }
        let places = Self.places(of: sorted)
        var outermost: [ShadowReport.Except] = []
        var around: (host: String, lists: [[PathParts]])?
        for (number, part) in sorted.enumerated() {
            if around?.host != part.host {
                // Only what stands at the place of a part or around it can hold it.
                let hosts = IndexedMatch.hosts(around: part.except.requests.host)
                around = (part.host, hosts.compactMap { places[$0] })
            }
            var isHeld = false
            for list in around?.lists ?? [] where !isHeld {
                isHeld = try Self.isHeld(number, by: list, of: sorted, budget: &budget)
            }
            if !isHeld { outermost.append(part.except) }
        }
        return outermost
    }

    /// Whether a part lies within another of a host.
    private static func isHeld(
        _ number: Int, by list: [PathParts], of sorted: [Part], budget: inout OverlapBudget
    ) throws(PlanFault) -> Bool {
        let requests = sorted[number].except.requests
        let around = list.places(around: requests.path.value)
        try budget.spend(around.misses)
        for place in around.places {
            let others = list[place].numbers
            try budget.spend(others.count + 1)
            let isHeld = others.contains { other in
                other != number && requests.isWithin(sorted[other].except.requests)
                    && (other < number || !sorted[other].except.requests.isWithin(requests))
            }
            if isHeld { return true }
        }
        return false
    }

    /// The parts by host and path.
    private static func places(of sorted: [Part]) -> [String: [PathParts]] {
        var places: [String: [PathParts]] = [:]
        for (number, part) in sorted.enumerated() {
            let path = part.except.requests.path.value
            var list = places.removeValue(forKey: part.host) ?? []
            if list.last?.path == path {
                list[list.count - 1].numbers.append(number)
            } else {
                list.append(PathParts(path: path, numbers: [number]))
            }
            places[part.host] = list
        }
        return places
    }
}
