package import CanonicalJSON

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
    }

    /// The documents changed, by ascending key.
    package let changes: [Change]
    /// The rules touched, sorted by label.
    package let rules: [RuleChange]
    /// The pairs of rules between which requests change hands, sorted, each once. A pair is in it
    /// exactly when such a request exists.
    package let moves: [Move]
    /// The class of the whole bundle: the highest of its operations'.
    package let changeClass: ChangeClass
    /// Why it has that class, in words; one reason at least.
    package let reasons: [String]
    /// What the documents hold that does nothing here, each with the document in front.
    package let notices: [String]

    /// Plans a bundle on the documents in force.
    ///
    /// - Throws: ``PlanFault`` when it could not be enacted on them.
    package init(_ bundle: OperationBundle, on base: DocumentSet) throws(PlanFault) {
        changes = []
        rules = []
        moves = []
        changeClass = .sensitive
        reasons = []
        notices = []
    }

    /// The plan as it is hashed and served: `changes`, `class`, `moves`.
    package var value: JSONValue { [:] }

    /// SHA-256 of ``value``'s canonical octets.
    package var digest: ContentDigest { ContentDigest(of: value.canonicalOctets) }

    /// SHA-256 of the same without `class`: whether a later plan has the same effect.
    package var effectDigest: ContentDigest { ContentDigest(of: value.canonicalOctets) }
}
