package import Council
import Foundation
import GRDB
package import Routing

/// Handles and texts on SQLite.
package final class SQLitePersonalRecords: PersonalRecords {
    private let pool: DatabasePool
    private let recent: RecentSessions

    init(pool: DatabasePool, recent: RecentSessions) {
        self.pool = pool
        self.recent = recent
    }

    /// As ``PersonalRecords/putHandle(member:handle:salt:)``.
    package func putHandle(
        member: Int, handle: String, salt: [UInt8]
    ) async throws(PersonalRecordError) {
        guard PersonalLimits.isHandle(handle) else {
            throw .badHandle(limit: PersonalLimits.handleOctetsMax, actual: handle.utf8.count)
        }
        try Self.check(salt)
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO handles (member, handle, salt) VALUES (?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """,
                arguments: [member, handle, Data(salt)])
            let kept = try Int.fetchOne(
                db, sql: "SELECT 1 FROM handles WHERE member = ? AND handle = ? AND salt = ?",
                arguments: [member, handle, Data(salt)])
            guard kept != nil else {
                throw PersonalRecordError.handleTaken(handle, member: member)
            }
        }
    }

    /// As ``PersonalRecords/handles()``; the hashes are computed, not stored.
    package func handles() async throws(PersonalRecordError) -> [HandleRecord] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT member, handle, salt FROM handles ORDER BY member")
                .map { row in
                    guard let member = Int.fromDatabaseValue(row[0]),
                        let handle = String.fromDatabaseValue(row[1]),
                        let salt = Data.fromDatabaseValue(row[2])
                    else { throw StorageFault.misshapenRow }
                    return HandleRecord(
                        member: member, handle: handle, salt: Array(salt),
                        hash: SaltedHash.ofHandle(handle, salt: Array(salt)))
                }
        }
    }

    /// As ``PersonalRecords/eraseHandle(member:)``; foreign keys take all else that hangs on it.
    @discardableResult
    package func eraseHandle(member: Int) async throws(PersonalRecordError) -> Bool {
        defer { recent.forget() }
        return try await erase(sql: "DELETE FROM handles WHERE member = ?", arguments: [member])
    }

    /// As ``PersonalRecords/putText(_:salt:)``. Kept as a blob: SQLite's C interface would end a
    /// text at a NUL.
    @discardableResult
    package func putText(
        _ text: String, salt: [UInt8]
    ) async throws(PersonalRecordError) -> ContentDigest {
        let octets = Data(text.utf8)
        guard (1...PersonalLimits.textOctetsMax).contains(octets.count) else {
            throw .badText(limit: PersonalLimits.textOctetsMax, actual: octets.count)
        }
        try Self.check(salt)
        let hash = SaltedHash.ofText(text, salt: salt)
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO texts (hash, salt, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                    """,
                arguments: [Data(hash.octets), Data(salt), octets])
        }
        return hash
    }

    /// As ``PersonalRecords/text(_:)``.
    package func text(_ hash: ContentDigest) async throws(PersonalRecordError) -> TextRecord? {
        let record: TextRecord? = try await read { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT text, salt FROM texts WHERE hash = ?",
                arguments: [Data(hash.octets)])
            guard let row else { return nil }
            guard let text = Data.fromDatabaseValue(row[0]),
                let salt = Data.fromDatabaseValue(row[1])
            else { throw StorageFault.misshapenRow }
            return TextRecord(text: String(decoding: text, as: UTF8.self), salt: Array(salt))
        }
        guard let record else { return nil }
        guard SaltedHash.ofText(record.text, salt: record.salt) == hash else {
            throw .altered(hash: hash)
        }
        return record
    }

    /// As ``PersonalRecords/eraseText(_:)``.
    @discardableResult
    package func eraseText(_ hash: ContentDigest) async throws(PersonalRecordError) -> Bool {
        try await erase(sql: "DELETE FROM texts WHERE hash = ?", arguments: [Data(hash.octets)])
    }

    /// Deletes a row, and empties the write-ahead log, in which its pages stand as they were.
    private func erase(
        sql: String, arguments: StatementArguments
    ) async throws(PersonalRecordError) -> Bool {
        do {
            return try await pool.writeWithoutTransaction { db in
                try db.execute(sql: sql, arguments: arguments)
                let erased = db.changesCount > 0
                let busy = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                guard busy == 0 else { throw StorageFault.oldPagesRemain }
                return erased
            }
        } catch {
            throw .storage(StorageFault(error))
        }
    }

    private static func check(_ salt: [UInt8]) throws(PersonalRecordError) {
        guard salt.count == PersonalLimits.saltLength else {
            throw .badSalt(limit: PersonalLimits.saltLength, actual: salt.count)
        }
    }

    private func write(
        _ body: @escaping @Sendable (Database) throws -> Void
    ) async throws(PersonalRecordError) {
        do {
            try await pool.write(body)
        } catch let error as PersonalRecordError {
            throw error
        } catch {
            throw .storage(StorageFault(error))
        }
    }

    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(PersonalRecordError) -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw .storage(StorageFault(error))
        }
    }
}
