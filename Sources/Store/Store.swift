package import Council
import GRDB

/// The council's ports on SQLite, in one folder that is its owner's alone.
///
/// Three files, because they have three fates. `journal.sqlite` can be rebuilt from the published
/// tiles and never forgets; `people.sqlite` is what the tiles lack, and forgets on request;
/// `mirror.sqlite` is derived, is there for SQL queries, and is made anew at every start.
package final class Store: Sendable {
    /// The log's entries.
    package let journal: SQLiteJournal
    /// The documents in force, for SQL queries.
    package let mirror: SQLiteDocumentMirror
    /// Invitations, passwords, sessions.
    package let credentials: SQLiteCredentials
    /// Handles and texts.
    package let records: SQLitePersonalRecords

    private let folder: StoreFolder
    private let pools: [DatabasePool]

    /// Opens the store, creating what is missing.
    ///
    /// - Parameters:
    ///   - path: The folder, for example `DATA/store`; created with mode 0700 if it is missing.
    ///   - hashing: What a password costs.
    /// - Throws: ``StoreError``.
    package init(path: String, hashing: HashingConfiguration = .standard) throws(StoreError) {
        folder = try StoreFolder(path: path)
        do throws(StoreError) {
            let journalPool = try DatabaseFile.open(
                try folder.prepareFile(named: "journal.sqlite"), as: .truth,
                migrator: JournalRow.migrator)
            let peoplePool = try DatabaseFile.open(
                try folder.prepareFile(named: "people.sqlite"), as: .personal,
                migrator: PeopleSchema.migrator)
            let mirrorPool = try Self.openMirror(in: folder)
            journal = SQLiteJournal(pool: journalPool)
            mirror = SQLiteDocumentMirror(pool: mirrorPool)
            let recent = RecentSessions()
            credentials = SQLiteCredentials(pool: peoplePool, hashing: hashing, recent: recent)
            records = SQLitePersonalRecords(pool: peoplePool, recent: recent)
            pools = [journalPool, peoplePool, mirrorPool]
        } catch {
            folder.close()
            throw error
        }
    }

    /// Closes the files and lets another process have the folder. Calls on the ports fail
    /// afterwards. Each file is then whole without its write-ahead log, unless another program is
    /// reading it.
    ///
    /// - Throws: ``StorageFault`` when a file is still in use; what was acknowledged is safe
    ///   anyway.
    package func close() throws(StorageFault) {
        do {
            for pool in pools {
                // GRDB closes the writer first, and readers cannot empty the write-ahead log.
                try DatabaseFile.emptyLog(of: pool)
                try pool.close()
            }
        } catch {
            throw StorageFault(error)
        }
        folder.close()
    }

    /// Makes the mirror anew: the council fills it once it knows its state, and whatever somebody
    /// did to the file or its tables is gone.
    private static func openMirror(in folder: StoreFolder) throws(StoreError) -> DatabasePool {
        let name = "mirror.sqlite"
        try folder.removeDatabase(named: name)
        return try DatabaseFile.open(
            try folder.prepareFile(named: name), as: .derived,
            migrator: SQLiteDocumentMirror.migrator)
    }
}
