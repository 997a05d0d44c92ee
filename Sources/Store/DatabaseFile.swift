import Council
import GRDB

/// Opens a SQLite file the way that acknowledged rows survive (reference: the log's durability).
///
/// A pool, because its one writer is the only connection that can write *and* checkpoint; its
/// readers are opened read-only and can do neither. GRDB sets `synchronous=NORMAL` itself when it
/// opens a write-ahead log, *after* `prepareDatabase`, and NORMAL loses acknowledged rows at power
/// loss. So FULL is set on the open writer, and read back.
enum DatabaseFile {
    /// Connections that read at once; more only helps pages that list the log.
    static let readersMax = 4

    /// How long a connection waits for another program's lock, seconds.
    static let busyTimeoutSeconds = 5.0

    /// What `PRAGMA synchronous` says for FULL.
    private static let synchronousFull = 2

    /// What a file is for.
    enum Kind {
        /// Holds what was acknowledged.
        case truth
        /// The same, and what is deleted in it is overwritten (`secure_delete`).
        case personal
        /// Can be made anew, so nobody who reads it keeps the council from starting.
        case derived
    }

    /// Opens the file, brings its tables up to date, and makes durable what a crash left behind.
    ///
    /// - Parameters:
    ///   - path: A file that exists, empty or a database.
    ///   - kind: What the file is for.
    static func open(
        _ path: String, as kind: Kind, migrator: DatabaseMigrator
    ) throws(StoreError) -> DatabasePool {
        do {
            let pool = try DatabasePool(path: path, configuration: configuration(kind))
            try makeDurable(pool)
            let unknown = try pool.read { db in
                try migrator.appliedIdentifiers(db).subtracting(migrator.migrations).sorted()
            }
            guard unknown.isEmpty else {
                throw StoreError.newerSchema(path: path, unknown: unknown)
            }
            try migrator.migrate(pool)
            if kind != .derived {
                try settle(pool)
            }
            return pool
        } catch let error as StoreError {
            throw error
        } catch {
            throw .cannotOpen(path: path, fault: StorageFault(error))
        }
    }

    private static func configuration(_ kind: Kind) -> Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = readersMax
        configuration.busyMode = .timeout(busyTimeoutSeconds)
        configuration.foreignKeysEnabled = true
        configuration.publicStatementArguments = false
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA mmap_size = 0;
                    PRAGMA recursive_triggers = ON;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA secure_delete = \(kind == .personal ? "ON" : "OFF");
                    """)
        }
        return configuration
    }

    private static func makeDurable(_ pool: DatabasePool) throws {
        let (journalMode, synchronous) = try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            return (
                try String.fetchOne(db, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(db, sql: "PRAGMA synchronous")
            )
        }
        guard journalMode == "wal", synchronous == synchronousFull else {
            throw StoreError.notDurable(
                path: pool.path, journalMode: journalMode ?? "unknown",
                synchronous: synchronous ?? -1)
        }
    }

    /// Copies the write-ahead log into the database and syncs both.
    ///
    /// After a kill, or a commit whose sync failed, the log may hold complete transactions that
    /// are in the page cache only. SQLite shows them as committed, and the council would sign
    /// and publish what a loss of power could still take away.
    private static func settle(_ pool: DatabasePool) throws {
        guard try emptyLog(of: pool) else {
            throw StoreError.heldByAnotherProgram(path: pool.path)
        }
    }

    /// Syncs the write-ahead log, copies it into the database, syncs that, and empties the log.
    ///
    /// - Returns: Whether that was possible: not while somebody reads an older state.
    @discardableResult
    static func emptyLog(of pool: DatabasePool) throws -> Bool {
        let busy = try pool.writeWithoutTransaction { db in
            try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        return busy == 0
    }
}
