package import Council
import GRDB
package import Routing

extension SQLiteJournal {
    /// As ``Journal/count()``, from the highest index: the triggers keep the rows without a gap,
    /// and ``entries(from:limit:)`` finds one that somebody made.
    package func count() throws(JournalError) -> Int {
        try read { db in try JournalRow.count(db) }
    }

    /// As ``Journal/entries(from:limit:)``, on a connection that reads only.
    package func entries(from first: Int, limit: Int) throws(JournalError) -> [JournalEntry] {
        let limit = min(limit, JournalLimits.pageEntriesMax)
        guard limit > 0, first >= 0 else { return [] }
        return try read { db in
            let count = try JournalRow.count(db)
            guard first < count else { return [] }
            let end = first + min(limit, count - first)
            let rows = try Row.fetchAll(db, sql: JournalRow.page, arguments: [first, end])
            var entries: [JournalEntry] = []
            entries.reserveCapacity(rows.count)
            for (index, row) in zip(first..., rows) {
                entries.append(try JournalRow.entry(row, expected: index))
            }
            guard entries.count == end - first else {
                throw JournalError.corrupt(index: first + entries.count, detail: "row missing")
            }
            return entries
        }
    }

    /// As ``Journal/entry(at:)``.
    package func entry(at index: Int) throws(JournalError) -> JournalEntry? {
        try entries(from: index, limit: 1).first
    }

    /// As ``Journal/entryIndex(ofStatement:)``, by the index that keeps statements unique.
    package func entryIndex(ofStatement hash: ContentDigest) throws(JournalError) -> Int? {
        try read { db in try JournalRow.index(of: hash, db) }
    }

    private func read<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
        do {
            return try pool.read(body)
        } catch let error as JournalError {
            throw error
        } catch {
            throw .unreadable(StorageFault(error))
        }
    }
}
