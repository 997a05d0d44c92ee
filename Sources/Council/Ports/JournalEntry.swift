package import Routing
package import TransparencyLog

/// One entry as the journal holds it: a leaf of the log beside what finds it again.
package struct JournalEntry: Equatable, Sendable {
    /// The longest entry, octets: its length must fit the two octets of an entry bundle
    /// (C2SP tlog-tiles).
    package static let octetsMax = 65_535

    /// Its place in the log, from 0.
    package let index: Int

    /// The entry's canonical JSON, 1...``octetsMax`` octets. The journal does not look inside.
    package let octets: [UInt8]

    /// RFC 6962 §2.1 leaf hash of `octets`. The journal keeps it beside the entry and
    /// does not compute it: a restart hashes every leaf again and compares.
    package let leafHash: Digest

    /// The statement hash, when the entry holds a member's statement. No two entries
    /// have the same: this is what makes a submission idempotent.
    package let statementHash: ContentDigest?

    /// An entry made of its parts; the journal checks them when it appends.
    package init(
        index: Int, octets: [UInt8], leafHash: Digest, statementHash: ContentDigest?
    ) {
        self.index = index
        self.octets = octets
        self.leafHash = leafHash
        self.statementHash = statementHash
    }
}
