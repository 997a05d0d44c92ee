import Council
import Foundation
import GRDB

/// A new journal that takes the old one's place once it is whole.
///
/// It is filled beside the old one, under the store's lock, so that no council runs meanwhile; a
/// rebuild that was interrupted leaves the old journal as it was, and the next begins anew.
package final class JournalRebuild: Sendable {
    /// The journal to fill; empty at first.
    package let journal: SQLiteJournal

    private let folder: StoreFolder
    private let pool: DatabasePool

    private static let name = "journal.sqlite"
    private static let newName = "journal-rebuilding.sqlite"
    private static let suffixes = ["", "-wal", "-shm"]

    /// Locks the store and begins an empty journal.
    ///
    /// - Parameter path: The store's folder; created with mode 0700 if it is missing.
    /// - Throws: ``StoreError``; ``StoreError/inUse(path:)`` while a council runs.
    package init(path: String) throws(StoreError) {
        folder = try StoreFolder(path: path)
        do throws(StoreError) {
            try folder.removeDatabase(named: Self.newName)
            pool = try DatabaseFile.open(
                try folder.prepareFile(named: Self.newName), as: .truth,
                migrator: JournalRow.migrator)
        } catch {
            folder.close()
            throw error
        }
        journal = SQLiteJournal(pool: pool)
    }

    /// Puts the new journal into the old one's place, and releases the store.
    ///
    /// - Parameter label: What makes the old one's new name, `journal-LABEL.sqlite`, its own.
    /// - Returns: Where the old journal is now; `nil` when there was none.
    /// - Throws: ``StorageFault`` of the database, ``StoreError/heldByAnotherProgram(path:)``, or
    ///   the system's error.
    package func finish(keepingOldAs label: String) throws -> String? {
        do {
            guard try DatabaseFile.emptyLog(of: pool) else {
                throw StoreError.heldByAnotherProgram(path: pool.path)
            }
            try pool.close()
        } catch let error as StoreError {
            throw error
        } catch {
            throw StorageFault(error)
        }
        let old = "\(folder.path)/\(Self.name)"
        let aside = "\(folder.path)/journal-\(label).sqlite"
        let hasOld = FileManager.default.fileExists(atPath: old)
        // The write-ahead log first: beside a new journal it would be replayed into it.
        for suffix in Self.suffixes.reversed()
        where FileManager.default.fileExists(atPath: old + suffix) {
            try FileManager.default.moveItem(atPath: old + suffix, toPath: aside + suffix)
        }
        let new = "\(folder.path)/\(Self.newName)"
        // Empty by now, and of no use under the new name.
        for suffix in Self.suffixes.dropFirst()
        where FileManager.default.fileExists(atPath: new + suffix) {
            try FileManager.default.removeItem(atPath: new + suffix)
        }
        try FileManager.default.moveItem(atPath: new, toPath: old)
        try StoreFolder.syncFolder(folder.path)
        folder.close()
        return hasOld ? aside : nil
    }

    /// Gives up: the old journal stays, and the store is released.
    package func abandon() {
        // What cannot be removed is removed by the next rebuild.
        try? pool.close()
        try? folder.removeDatabase(named: Self.newName)
        folder.close()
    }
}
