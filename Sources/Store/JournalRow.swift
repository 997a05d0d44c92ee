import Council
import Foundation
import GRDB
import Routing
import TransparencyLog

/// The table of entries: its migrations, its statements, its rows.
enum JournalRow {
    /// Named and in order; a migration that was released never changes.
    ///
    /// The triggers are seat belts against slips, not the lock: `DROP TRIGGER` always works, and
    /// what tells an edited journal is the tree over it. They repeat what the primary key and
    /// `UNIQUE` say, because `INSERT OR REPLACE` deletes rows past the deleting trigger on
    /// connections where `recursive_triggers` is off, such as a SQLite shell.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("journal-1-entries") { db in
            try db.execute(
                sql: """
                    CREATE TABLE entries (
                        "index" INTEGER PRIMARY KEY CHECK ("index" >= 0),
                        octets BLOB NOT NULL CHECK (length(octets) BETWEEN 1 AND 65535),
                        leaf BLOB NOT NULL CHECK (length(leaf) = 32),
                        statement BLOB UNIQUE CHECK (length(statement) = 32)
                    ) STRICT;
                    CREATE TRIGGER entries_run_on BEFORE INSERT ON entries
                    WHEN NEW."index" IS NOT (SELECT coalesce(max("index") + 1, 0) FROM entries)
                    BEGIN SELECT RAISE(ABORT, 'entries run on without a gap'); END;
                    CREATE TRIGGER entries_hold_a_statement_once BEFORE INSERT ON entries
                    WHEN EXISTS (SELECT 1 FROM entries WHERE statement = NEW.statement)
                    BEGIN SELECT RAISE(ABORT, 'the statement is in the log already'); END;
                    CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
                    BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
                    CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
                    BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
                    """)
        }
        return migrator
    }

    static let insertion =
        #"INSERT INTO entries ("index", octets, leaf, statement) VALUES (?, ?, ?, ?)"#

    static let page = """
        SELECT "index", octets, leaf, statement FROM entries
        WHERE "index" >= ? AND "index" < ? ORDER BY "index"
        """

    static func count(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: #"SELECT coalesce(max("index") + 1, 0) FROM entries"#) ?? 0
    }

    static func index(of statementHash: ContentDigest, _ db: Database) throws -> Int? {
        try Int.fetchOne(
            db, sql: #"SELECT "index" FROM entries WHERE statement = ?"#,
            arguments: [Data(statementHash.octets)])
    }

    /// Reads a row of ``page`` without trusting it: somebody may have edited the file.
    static func entry(_ row: Row, expected: Int) throws -> JournalEntry {
        guard let index = Int.fromDatabaseValue(row[0]), index == expected else {
            throw JournalError.corrupt(index: expected, detail: "row missing")
        }
        guard let octets = Data.fromDatabaseValue(row[1]), !octets.isEmpty,
            octets.count <= JournalEntry.octetsMax
        else { throw JournalError.corrupt(index: index, detail: "octets of a wrong length") }
        guard let leaf = Data.fromDatabaseValue(row[2]).flatMap({ Digest(octets: $0) }) else {
            throw JournalError.corrupt(index: index, detail: "leaf hash of a wrong length")
        }
        let statement = Data.fromDatabaseValue(row[3])
        let statementHash = statement.flatMap { ContentDigest(octets: $0) }
        guard (statement == nil) == (statementHash == nil) else {
            throw JournalError.corrupt(index: index, detail: "statement hash of a wrong length")
        }
        return JournalEntry(
            index: index, octets: Array(octets), leafHash: leaf, statementHash: statementHash)
    }
}
