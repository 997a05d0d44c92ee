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
    /// A document in force, also for a state that is read back from a snapshot.
    package init(proposed: ProposedDocument, sequence: Int, enactment: Enactment) {
        self.proposed = proposed
        self.sequence = sequence
        self.enactment = enactment
    }

    /// Its element of the array that the table digest covers, in canonical JSON.
    ///
    /// - Parameter laid: What is laid over it, empty for nothing.
    func element(laid: String = "") -> [UInt8] {
        Self.element(of: key.text, digest: proposed.digest.hex, sequence: sequence, laid: laid)
    }

    /// An element of that array.
    static func element(of name: String, digest: String, sequence: Int, laid: String) -> [UInt8] {
        // Neither names of documents and networks nor digests need escapes in JSON.
        Array("[\"\(name)\",\"\(digest)\",\(sequence),\"\(laid)\"]".utf8)
    }

    /// The document's identity.
    package var key: DocumentKey { proposed.key }
}
