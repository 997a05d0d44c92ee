package import Council
import Foundation
import GRDB
import Routing
import Synchronization
import TransparencyLog

/// The journal on SQLite.
package final class SQLiteJournal: Journal {
    let pool: DatabasePool

    /// The commit whose outcome is not known, after which nothing is appended any more.
    private let lostCommit = Mutex<StorageFault?>(nil)

    init(pool: DatabasePool) {
        self.pool = pool
    }

    /// As ``Journal/append(_:)``: one `BEGIN IMMEDIATE` transaction, synced by `synchronous=FULL`.
    /// Waits for the writer and the disk, up to ``DatabaseFile/busyTimeoutSeconds`` for a lock.
    package func append(_ entries: [JournalEntry]) throws(JournalError) {
        if let fault = lostCommit.withLock({ $0 }) {
            throw .outcomeUnknown(fault)
        }
        guard !entries.isEmpty else { return }
        try Self.check(entries)
        var committing = false
        do {
            try pool.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try Self.insert(entries, db)
                    committing = true
                    return .commit
                }
            }
        } catch let error as JournalError {
            throw error
        } catch {
            let fault = StorageFault(error)
            guard committing else { throw .notWritten(fault) }
            lostCommit.withLock { $0 = fault }
            throw .outcomeUnknown(fault)
        }
    }

    private static func check(_ entries: [JournalEntry]) throws(JournalError) {
        guard entries.count <= JournalLimits.batchEntriesMax else {
            throw .batchTooLarge(limit: JournalLimits.batchEntriesMax, actual: entries.count)
        }
        for entry in entries {
            guard (1...JournalEntry.octetsMax).contains(entry.octets.count) else {
                throw .badLength(
                    index: entry.index, limit: JournalEntry.octetsMax, actual: entry.octets.count)
            }
        }
    }

    private static func insert(_ entries: [JournalEntry], _ db: Database) throws {
        var next = try JournalRow.count(db)
        let insertion = try db.cachedStatement(sql: JournalRow.insertion)
        for entry in entries {
            guard entry.index == next else {
                throw JournalError.outOfOrder(expected: next, actual: entry.index)
            }
            do {
                try insertion.execute(arguments: [
                    entry.index, Data(entry.octets), Data(entry.leafHash.octets),
                    entry.statementHash.map { Data($0.octets) },
                ])
            } catch DatabaseError.SQLITE_CONSTRAINT {
                guard let hash = entry.statementHash, try JournalRow.index(of: hash, db) != nil
                else { throw JournalError.corrupt(index: next, detail: "constraint failed") }
                throw JournalError.duplicateStatement(index: entry.index)
            }
            next += 1
        }
    }
}
