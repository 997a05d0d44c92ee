/// Which entry put a document in force, and for which proposal.
package struct Enactment: Hashable, Sendable {
    /// The index of the `enact` entry in the log.
    package let entry: Int
    /// The proposal's number.
    package let proposal: Int

    /// An enactment.
    package init(entry: Int, proposal: Int) {
        self.entry = entry
        self.proposal = proposal
    }
}

/// A document in force.
package struct RatifiedDocument: Hashable, Sendable {
    /// The document as ratified.
    package let proposed: ProposedDocument
    /// The index of the entry that enacted the name since it was last deleted: its seniority.
    package let sequence: Int
    /// What last changed it.
    package let enactment: Enactment

    /// A document in force, for a state that is read back from a snapshot.
    package init(proposed: ProposedDocument, sequence: Int, enactment: Enactment) {
        self.proposed = proposed
        self.sequence = sequence
        self.enactment = enactment
    }

    /// The document's identity.
    package var key: DocumentKey { proposed.key }
}

/// The documents in force: the one thing that a vote changes and that a table is compiled from.
package struct DocumentSet: Sendable {
    /// The documents, by ascending key.
    package private(set) var documents: [RatifiedDocument] = []
    /// SHA-256 over the canonical JSON of the array, by ascending key, of
    /// `["HTTPRoute/library","<document digest>",<sequence>,"<overlay>"]`, the overlay empty for none.
    package private(set) var tableDigest = ContentDigest(of: Array("[]".utf8))

    /// Nothing in force.
    package init() {}

    /// Puts documents read back from a snapshot in force.
    ///
    /// - Throws: ``PlanFault`` when one comes twice or names a backend that is not there.
    package init(restoring documents: [RatifiedDocument]) throws(PlanFault) {
        self.documents = documents
    }

    /// The document of that kind and name.
    ///
    /// - Complexity: O(log n).
    package subscript(key: DocumentKey) -> RatifiedDocument? { nil }

    /// Enacts a bundle, whole or not at all: after a throw nothing has changed.
    ///
    /// - Throws: ``PlanFault``.
    /// - Complexity: O(n) for the digest, with a small constant: the octets of each element are kept.
    package mutating func apply(
        _ bundle: OperationBundle, by enactment: Enactment
    ) throws(PlanFault) {
        tableDigest = bundle.payload
    }

    /// The set after a bundle; this one stays as it is.
    ///
    /// - Throws: ``PlanFault``.
    package func applying(
        _ bundle: OperationBundle, by enactment: Enactment
    ) throws(PlanFault) -> DocumentSet {
        var copy = self
        try copy.apply(bundle, by: enactment)
        return copy
    }
}
