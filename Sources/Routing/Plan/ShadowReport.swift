/// Which requests change hands by a bundle, exactly: what people read before they vote.
///
/// The most specific rule wins, so a narrow new route can silently take requests from a broad old
/// one. ``Plan/moves`` says between which rules; this says which requests, with one of each kind
/// to try. It follows from the bundle and the documents in force as a plan does, but is no part of
/// what is hashed and voted on.
package struct ShadowReport: Hashable, Sendable {
    /// One match of a rule.
    package struct MatchName: Hashable, Sendable {
        /// `route/rule`.
        package let rule: String
        /// The number of the match in the rule, from 1.
        package let match: Int
    }

    /// Requests that a more specific match takes.
    package struct Except: Hashable, Sendable {
        /// The match that takes them, before or after.
        package let match: MatchName
        /// The requests, of those that the change is about.
        package let requests: RequestPredicate
    }

    /// Requests that one match served and another one will.
    package struct Change: Hashable, Sendable {
        /// The match that serves them before; `nil` when none does.
        package let before: MatchName?
        /// The match that serves them after; `nil` when none will.
        package let after: MatchName?
        /// The requests, all but the ``excepts``; never none.
        package let requests: RequestPredicate
        /// What of ``requests`` stays out of this change, because a more specific match takes it
        /// before or after. None lies within another.
        package let excepts: [Except]
        /// One of the requests; `nil` when none was found, which takes a match on `Host` or hosts
        /// too long for one more label.
        package let example: ExampleRequest?
    }

    /// The changes, by the rule before, the rule after, the numbers of the matches and the host. A
    /// request changes hands exactly when it is of one of them, and then of one only.
    package let changes: [Change]

    /// Reports on a bundle.
    ///
    /// - Throws: ``PlanFault`` when the bundle could not be enacted, and when its matches overlap
    ///   in more ways than are compared or told; the bundle may have a plan nevertheless.
    /// - Complexity: O(what overlaps the changed routes), whatever the number of other routes.
    package init(_ bundle: OperationBundle, on base: DocumentSet) throws(PlanFault) {
        try base.check(bundle)
        let versions = bundle.operations.compactMap { RouteVersions($0, on: base) }
        let movement = try Movement(of: versions, on: base, collectsPairs: true)
        var search = ShadowSearch(movement)
        changes = try search.changes()
    }
}

extension ShadowReport.MatchName {
    /// The name of a match.
    init(_ match: IndexedMatch) {
        self.init(rule: match.label, match: match.rank.match + 1)
    }
}
