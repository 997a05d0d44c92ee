/// Finds which recorded requests surely move: those of which every request that the rule can have
/// served, whatever its path, query and headers, is of the move.
struct TrafficCertainty {
    private let base: DocumentSet
    private var budget = OverlapBudget()

    init(_ base: DocumentSet) { self.base = base }

    /// Whether every request of a kind that a rule served is of one move.
    ///
    /// A rule's match serves all that it fits, but for what more specific matches take. So each of
    /// the rule's matches that can have served the kind must lie within a change from it, and each
    /// exception of that change must have been another's before.
    ///
    /// - Parameters:
    ///   - rule: `route/rule`; empty for requests that no rule fits.
    ///   - changes: Those of the move, from that rule.
    /// - Returns: false also where too much overlaps to tell.
    mutating func isSure(
        _ kind: CountedKind, of rule: String, moveBy changes: [ShadowReport.Change]
    ) -> Bool {
        var canServe = false
        for match in matches(of: rule) {
            let served = match.map { RequestPredicate($0) } ?? .everything
            if !served.mayHold(kind) { continue }
            canServe = true
            let name = match.map { ShadowReport.MatchName($0) }
            let moves = changes.contains { change in
                change.before == name && change.requests.surelyHolds(kind, of: served)
                    && change.excepts.allSatisfy { except in
                        wasTaken(except.requests, kind, from: served, of: match)
                    }
            }
            if !moves { return false }
        }
        return canServe
    }

    /// Whether none of some requests were a match's before: a more specific one took them.
    private mutating func wasTaken(
        _ requests: RequestPredicate, _ kind: CountedKind, from served: RequestPredicate,
        of match: IndexedMatch?
    ) -> Bool {
        guard let part = served.intersection(requests), part.mayHold(kind) else { return true }
        do throws(PlanFault) {
            return try base.matches.overlapping(part, budget: &budget).contains { other in
                let isStronger = match.map { other.rank < $0.rank } ?? true
                return isStronger && RequestPredicate(other).surelyHolds(kind, of: part)
            }
        } catch {
            return false
        }
    }

    /// The matches of a rule of the documents in force; `nil` alone for no rule.
    private func matches(of rule: String) -> [IndexedMatch?] {
        if rule.isEmpty { return [nil] }
        let key = DocumentKey(kind: .route, name: String(rule.prefix { $0 != "/" }))
        guard let document = base[key], case .route(let route) = document.proposed.document else {
            return []
        }
        return IndexedMatch.all(of: route, sequence: document.sequence)
            .filter { $0.label == rule }
    }
}

extension RequestPredicate {
    /// Every request.
    fileprivate static let everything = RequestPredicate(
        host: nil, path: HTTPRoute.Match.everything.path, method: nil, headers: [],
        queryParams: [])
}
