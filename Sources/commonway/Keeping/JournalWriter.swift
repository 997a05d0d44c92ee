import Council
import Governance
import LogReader
import Routing
import Store
import TransparencyLog

/// Writes entries into a journal, many in one transaction.
struct JournalWriter {
    private let journal: SQLiteJournal
    private var waiting: [JournalEntry] = []
    /// The statements written, so that one that a log holds twice is found by its first entry.
    private var statements: Set<ContentDigest> = []
    private var fault: JournalError?

    init(_ journal: SQLiteJournal) { self.journal = journal }

    mutating func take(_ taken: TakenEntry) {
        let hash = taken.checked.statementHash.flatMap { hash in
            statements.insert(hash).inserted ? hash : nil
        }
        waiting.append(
            JournalEntry(
                index: taken.index, octets: taken.octets, leafHash: Digest.leaf(taken.octets),
                statementHash: hash))
        if waiting.count == JournalLimits.batchEntriesMax { write() }
    }

    /// - Throws: The first fault of the storage.
    mutating func finish() throws(JournalError) {
        write()
        if let fault { throw fault }
    }

    private mutating func write() {
        guard fault == nil else { return }
        do throws(JournalError) {
            try journal.append(waiting)
        } catch {
            fault = error
        }
        waiting = []
    }
}
