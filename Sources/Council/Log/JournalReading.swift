import CanonicalJSON
import Governance
import Routing

/// Ways to read a journal that its port does not name.
enum JournalReading {
    /// The octets of a range of entries.
    ///
    /// - Throws: ``JournalError``, also when the journal is not that long.
    static func octets(
        of range: Range<Int>, in journal: any Journal
    ) throws(JournalError) -> [[UInt8]] {
        var octets: [[UInt8]] = []
        octets.reserveCapacity(range.count)
        while octets.count < range.count {
            let next = range.lowerBound + octets.count
            let page = try journal.entries(
                from: next, limit: min(range.count - octets.count, JournalLimits.pageEntriesMax))
            guard !page.isEmpty else { throw .corrupt(index: next, detail: "it is missing") }
            octets += page.map(\.octets)
        }
        return octets
    }
}

extension DocumentRow {
    /// The documents in force as rows.
    static func rows(of state: State) -> [DocumentRow] {
        state.documents.documents.map {
            DocumentRow(
                kind: $0.key.kind.rawValue, name: $0.key.name,
                json: $0.proposed.value.canonicalText, digest: $0.proposed.digest,
                sequence: $0.sequence, entry: $0.enactment.entry)
        }
    }
}
