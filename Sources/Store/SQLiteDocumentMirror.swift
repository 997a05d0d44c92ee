package import Council
import GRDB
import Routing

/// The mirror on SQLite: a file of its own, so that a SQLite shell which somebody leaves open on it
/// never touches the journal's write-ahead log.
package final class SQLiteDocumentMirror: DocumentMirror {
    private let pool: DatabasePool

    init(pool: DatabasePool) {
        self.pool = pool
    }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("mirror-1-documents") { db in
            try db.execute(
                sql: """
                    CREATE TABLE documents (
                        kind TEXT NOT NULL,
                        name TEXT NOT NULL,
                        json TEXT NOT NULL,
                        digest TEXT NOT NULL,
                        sequence INTEGER NOT NULL,
                        entry INTEGER NOT NULL,
                        PRIMARY KEY (kind, name)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE mirrored (size INTEGER NOT NULL) STRICT;
                    """)
        }
        return migrator
    }

    /// As ``DocumentMirror/replaceDocuments(_:size:)``.
    package func replaceDocuments(_ rows: [DocumentRow], size: Int) throws(StorageFault) {
        try faults {
            try pool.write { db in
                try db.execute(sql: "DELETE FROM documents; DELETE FROM mirrored")
                try db.execute(sql: "INSERT INTO mirrored (size) VALUES (?)", arguments: [size])
                let insertion = try db.cachedStatement(
                    sql: """
                        INSERT INTO documents (kind, name, json, digest, sequence, entry)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """)
                for row in rows {
                    try insertion.execute(arguments: [
                        row.kind, row.name, row.json, row.digest.hex, row.sequence, row.entry,
                    ])
                }
            }
        }
    }

    /// As ``DocumentMirror/documents()``.
    package func documents() throws(StorageFault) -> [DocumentRow] {
        try faults {
            try pool.read { db in
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT kind, name, json, digest, sequence, entry
                        FROM documents ORDER BY kind, name
                        """)
                return try rows.map(Self.document)
            }
        }
    }

    /// As ``DocumentMirror/mirroredSize()``.
    package func mirroredSize() throws(StorageFault) -> Int? {
        try faults {
            try pool.read { db in try Int.fetchOne(db, sql: "SELECT max(size) FROM mirrored") }
        }
    }

    /// Reads a row without trusting it: the file is there to be played with.
    private static func document(_ row: Row) throws -> DocumentRow {
        guard let kind = String.fromDatabaseValue(row[0]),
            let name = String.fromDatabaseValue(row[1]),
            let json = String.fromDatabaseValue(row[2]),
            let digest = String.fromDatabaseValue(row[3]).flatMap({ ContentDigest(hex: $0) }),
            let sequence = Int.fromDatabaseValue(row[4]),
            let entry = Int.fromDatabaseValue(row[5])
        else { throw StorageFault.misshapenRow }
        return DocumentRow(
            kind: kind, name: name, json: json, digest: digest, sequence: sequence, entry: entry)
    }

    private func faults<Value>(_ body: () throws -> Value) throws(StorageFault) -> Value {
        do {
            return try body()
        } catch {
            throw StorageFault(error)
        }
    }
}
