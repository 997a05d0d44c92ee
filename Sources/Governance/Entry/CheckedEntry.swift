import CanonicalJSON
package import Routing
package import SSHSignature

/// An entry with what can be checked of it alone: its hash, and who really signed.
///
/// A class, since it never changes and goes through many hands: it is large to copy.
package final class CheckedEntry: Sendable {
    /// The entry.
    package let entry: Entry
    /// Its octets, as they stand in the log.
    package let octets: [UInt8]
    /// SHA-256(00 ‖ octets), RFC 6962 §2.1.
    package let leafHash: ContentDigest
    /// For a statement: who signed it.
    package let signatures: SignatureCheck?
    /// For members who agree on a successor: who signed each statement, `nil` for nobody.
    package let successors: [PublicKey?]

    /// Reads an entry and verifies its signatures.
    ///
    /// - Parameter leafHash: SHA-256(00 ‖ octets), where it was worked out before.
    /// - Throws: ``EntryFault`` when the octets are no entry. A bad signature is not thrown:
    ///   whether it makes the entry void is the reducer's to say.
    /// - Complexity: one or two Ed25519 verifications for a statement.
    package init(octets: [UInt8], leafHash: ContentDigest? = nil) throws(EntryFault) {
        entry = try Entry(octets: octets)
        self.octets = octets
        self.leafHash = leafHash ?? ContentDigest(of: [0] + octets)
        switch entry.body {
        case .statement(let signed):
            signatures = SignatureCheck(verifying: signed)
            successors = []
        case .succession(let statements):
            signatures = nil
            successors = statements.map(\.signer)
        case .genesis, .founders, .refusal, .claim:
            signatures = nil
            successors = []
        }
    }

    /// The entry that logs a statement whose signatures were verified before.
    package init(logging check: SignatureCheck, t: Int64) {
        let value = check.signed.entry(t: t)
        entry = Entry(t: t, body: .statement(check.signed), value: value)
        octets = value.canonicalOctets
        leafHash = ContentDigest(of: [0] + octets)
        signatures = check
        successors = []
    }

    /// The hash of the statement that it logs.
    package var statementHash: ContentDigest? { signatures?.signed.statement.hash }

    /// The head of the log that it names, for whoever holds the tree to look up: that of a ballot,
    /// or of those who agree on a successor.
    package var headSeen: (size: Int, root: ContentDigest)? {
        if case .succession(let statements) = entry.body {
            return statements.first.map { ($0.terms.size, $0.terms.root) }
        }
        guard case .ballot(let ballot) = signatures?.signed.statement.act else { return nil }
        return (ballot.headSize, ballot.headRoot)
    }
}
