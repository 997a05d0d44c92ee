import GRDB

/// The tables of personal data and credentials: named migrations in order; a migration that was
/// released never changes.
///
/// All hangs on the member's handle, so that erasing it leaves nothing of the account behind.
enum PeopleSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("people-1-records") { db in
            try db.execute(
                sql: """
                    CREATE TABLE handles (
                        member INTEGER PRIMARY KEY CHECK (member >= 1),
                        handle TEXT NOT NULL UNIQUE,
                        salt BLOB NOT NULL CHECK (length(salt) = 32)
                    ) STRICT;
                    CREATE TABLE texts (
                        hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
                        salt BLOB NOT NULL CHECK (length(salt) = 32),
                        text BLOB NOT NULL CHECK (length(text) BETWEEN 1 AND 16384)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("people-2-credentials") { db in
            try db.execute(
                sql: """
                    CREATE TABLE invitations (
                        member INTEGER PRIMARY KEY REFERENCES handles (member) ON DELETE CASCADE,
                        hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
                        expires INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE accounts (
                        member INTEGER PRIMARY KEY REFERENCES handles (member) ON DELETE CASCADE,
                        phc TEXT NOT NULL
                    ) STRICT;
                    CREATE TABLE sessions (
                        hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
                        member INTEGER NOT NULL REFERENCES accounts (member) ON DELETE CASCADE,
                        opened INTEGER NOT NULL,
                        expires INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX sessions_by_member ON sessions (member, opened);
                    CREATE INDEX sessions_by_expiry ON sessions (expires);
                    """)
        }
        return migrator
    }
}
