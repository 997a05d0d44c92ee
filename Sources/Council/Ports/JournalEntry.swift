/// One entry as the journal holds it: a leaf of the log beside what finds it again.
package struct JournalEntry: Equatable, Sendable {
    /// The longest entry, octets: its length must fit the two octets of an entry bundle
    /// (C2SP tlog-tiles).
    package static let octetsMax = 65_535

    /// The length of both hashes, octets: SHA-256.
    package static let hashLength = 32

    /// Its place in the log, from 0.
    package let index: Int

    /// The entry's canonical JSON, 1...``octetsMax`` octets. The journal does not look inside.
    package let octets: [UInt8]

    /// RFC 6962 §2.1 leaf hash of `octets`, 32 octets. The journal keeps it beside the entry and
    /// does not compute it: a restart hashes every leaf again and compares.
    package let leafHash: [UInt8]

    /// The statement hash, 32 octets, when the entry holds a member's statement. No two entries
    /// have the same: this is what makes a submission idempotent.
    package let statementHash: [UInt8]?

    /// An entry made of its parts; the journal checks them when it appends.
    package init(index: Int, octets: [UInt8], leafHash: [UInt8], statementHash: [UInt8]?) {
        self.index = index
        self.octets = octets
        self.leafHash = leafHash
        self.statementHash = statementHash
    }
}
