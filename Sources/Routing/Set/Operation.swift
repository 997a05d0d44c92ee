package import CanonicalJSON

/// One change that a proposal asks for.
package enum Operation: Hashable, Sendable {
    /// Puts a document in force, new or in place of the one of the same kind and name.
    case apply(ProposedDocument)
    /// Takes a document out of force.
    case delete(DocumentKey)

    /// The document that it is about.
    package var key: DocumentKey {
        switch self {
        case .apply(let proposed): proposed.key
        case .delete(let key): key
        }
    }
}

/// What a proposal asks for: 1…10 operations, enacted whole or not at all.
package struct OperationBundle: Hashable, Sendable {
    /// The most operations in a bundle: more than people can weigh in one vote.
    package static let operationsMax = 10

    /// The operations in the order written; no two about the same document.
    package let operations: [Operation]
    /// The `operations` array as given.
    package let value: JSONValue
    /// The payload digest: SHA-256 of the array's canonical octets.
    package let payload: ContentDigest

    /// Reads the `operations` array of a proposal: `{"op":"apply","document":{…}}` and
    /// `{"op":"delete","kind":"HTTPRoute","name":"x"}`.
    ///
    /// - Throws: ``PlanFault`` with the operation and, inside a document, the field.
    package init(validating value: JSONValue) throws(PlanFault) {
        self.value = value
        payload = ContentDigest(of: value.canonicalOctets)
        operations = []
    }
}
