import CanonicalJSON
package import Routing

/// An entry with what can be checked of it alone: its hash, and who really signed.
package struct CheckedEntry: Sendable {
    /// The entry.
    package let entry: Entry
    /// SHA-256(00 ‖ octets), RFC 6962 §2.1.
    package let leafHash: ContentDigest
    /// For a statement: who signed it.
    package let signatures: SignatureCheck?

    /// Reads an entry and verifies its signatures.
    ///
    /// - Throws: ``EntryFault`` when the octets are no entry. A bad signature is not thrown:
    ///   whether it makes the entry void is the reducer's to say.
    /// - Complexity: one or two Ed25519 verifications for a statement.
    package init(octets: [UInt8]) throws(EntryFault) {
        entry = try Entry(octets: octets)
        leafHash = ContentDigest(of: [0] + octets)
        guard case .statement(let signed) = entry.body else {
            signatures = nil
            return
        }
        signatures = SignatureCheck(verifying: signed)
    }

    /// The entry that logs a statement whose signatures were verified before.
    package init(logging check: SignatureCheck, t: Int64) {
        let value = check.signed.entry(t: t)
        entry = Entry(t: t, body: .statement(check.signed), value: value)
        leafHash = ContentDigest(of: [0] + value.canonicalOctets)
        signatures = check
    }

    /// The hash of the statement that it logs.
    package var statementHash: ContentDigest? { signatures?.signed.statement.hash }

    /// The head of the log that its ballot names, for whoever holds the tree to look up.
    package var headSeen: (size: Int, root: ContentDigest)? {
        guard case .ballot(let ballot) = signatures?.signed.statement.act else { return nil }
        return (ballot.headSize, ballot.headRoot)
    }
}
