/// What a bundle would change on a table, computed: nobody claims it, everybody recomputes it.
package struct Plan: Hashable, Sendable {
    /// A document before and after.
    package struct Change: Hashable, Sendable {
        /// The document.
        package let key: DocumentKey
        /// Its digest before; `nil` when it was not in force.
        package let before: ContentDigest?
        /// Its digest after; `nil` when it will not be in force.
        package let after: ContentDigest?
    }

    /// Requests that one rule served and another one will.
    package struct Move: Hashable, Sendable {
        /// `route/rule` before; empty when nothing served them.
        package let before: String
        /// `route/rule` after; empty when nothing will.
        package let after: String
    }

    /// A rule that the bundle touches.
    package struct RuleChange: Hashable, Sendable {
        /// What happens to a rule.
        package enum Kind: String, Hashable, Sendable {
            /// It was not there before.
            case added
            /// It will not be there after.
            case removed
            /// It stays under its label and says something else.
            case changed
        }

        /// `route/rule`.
        package let rule: String
        /// What happens to it.
        package let kind: Kind
        /// The fields that differ, in the order of documents; for a changed rule only.
        package let fields: [String]
    }

    /// The documents changed, by ascending key.
    package let changes: [Change]
    /// The rules touched, sorted by label.
    package let rules: [RuleChange]
    /// The pairs of rules between which requests change hands, sorted, each once. A pair is in it
    /// exactly when such a request exists: see ``Witness``.
    package let moves: [Move]
    /// The class of the whole bundle: the highest of its operations'.
    package let changeClass: ChangeClass
    /// Why it has that class, in words; one reason at least.
    package let reasons: [String]
    /// What is to be said of the documents beside what they do: ``OperationBundle/notices``.
    package let notices: [String]

    /// Plans a bundle on the documents in force.
    ///
    /// - Throws: ``PlanFault`` when it could not be enacted on them, or when its matches overlap in
    ///   more ways than are compared.
    /// - Complexity: O(what overlaps the changed routes), whatever the number of other routes.
    package init(_ bundle: OperationBundle, on base: DocumentSet) throws(PlanFault) {
        try base.check(bundle)
        changes = bundle.operations.map { operation in
            Change(
                key: operation.key, before: base[operation.key]?.proposed.digest,
                after: operation.proposed?.digest)
        }
        .sorted { $0.key < $1.key }
        let versions = bundle.operations.compactMap { RouteVersions($0, on: base) }
        rules = versions.flatMap(\.ruleChanges).sorted {
            $0.rule.utf8.lexicographicallyPrecedes($1.rule.utf8)
        }
        let movement = try Movement(of: versions, on: base)
        moves = movement.moves.sorted()
        let classification = try Classification(bundle, on: base, moves: moves)
        changeClass = classification.changeClass
        reasons = classification.reasons
        notices = bundle.notices
    }
}

extension OperationBundle {
    /// What is to be said of the documents beside what they do, each with the document in front.
    package var notices: [String] {
        operations.compactMap(\.proposed).flatMap { proposed in
            proposed.notices.map { "\(proposed.key.text) \($0.pointer): \($0.text)" }
        }
    }
}

extension Plan.Move: Comparable {
    /// By the octets of the rule before, then of the rule after.
    package static func < (left: Plan.Move, right: Plan.Move) -> Bool {
        left.before == right.before
            ? left.after.utf8.lexicographicallyPrecedes(right.after.utf8)
            : left.before.utf8.lexicographicallyPrecedes(right.before.utf8)
    }
}
