package import Council
import Foundation
import GRDB
import Routing
import Synchronization

/// Credentials on SQLite and libargon2.
package final class SQLiteCredentials: Credentials {
    let hasher: PasswordHasher
    let nobody: PasswordHash
    let limiter = Mutex(FailureLimiter())
    let pool: DatabasePool
    let recent: RecentSessions

    init(pool: DatabasePool, hashing: HashingConfiguration, recent: RecentSessions) {
        self.pool = pool
        self.recent = recent
        hasher = PasswordHasher(
            cost: hashing.cost,
            threads: HashingThreads(
                threadCount: HashingConfiguration.threadCount, waitingMax: hashing.waitingMax))
        nobody = PasswordHash.ofNothing(cost: hashing.cost)
    }

    /// As ``Credentials/createInvitation(member:expires:)``.
    package func createInvitation(
        member: Int, expires: Int64
    ) async throws(CredentialError) -> Secret {
        let invitation = RandomOctets.token()
        let hash = Data(SaltedHash.ofToken(invitation).octets)
        try await write { db in
            let known = try Int.fetchOne(
                db, sql: "SELECT 1 FROM handles WHERE member = ?", arguments: [member])
            guard known != nil else { throw CredentialError.unknownMember(member) }
            try db.execute(
                sql: """
                    INSERT INTO invitations (member, hash, expires) VALUES (?1, ?2, ?3)
                    ON CONFLICT (member) DO UPDATE SET hash = ?2, expires = ?3
                    """,
                arguments: [member, hash, expires])
        }
        return invitation
    }

    /// As ``Credentials/redeem(invitation:password:now:)``: the transaction that makes the account
    /// also removes the invitation.
    package func redeem(
        invitation: Secret, password: Secret, now: Int64
    ) async throws(CredentialError) -> Account {
        try Self.checkLength(password)
        let hash = Data(SaltedHash.ofToken(invitation).octets)
        // Looked up before hashing, so that guesses cost no hash; claimed after it, in the
        // transaction that makes the account.
        let open = try await read { db in try Self.invited(hash, now: now, db) }
        guard open != nil else { throw .invitationNotGood }
        let phc = try await hasher.make(password).phcString
        return try await write { db in
            guard let account = try Self.invited(hash, now: now, db) else {
                throw CredentialError.invitationNotGood
            }
            try db.execute(sql: "DELETE FROM invitations WHERE hash = ?", arguments: [hash])
            try Self.setPassword(phc, member: account.member, db)
            return account
        }
    }

    /// As ``Credentials/enrol(member:password:)``.
    package func enrol(
        member: Int, password: Secret
    ) async throws(CredentialError) -> Account {
        try Self.checkLength(password)
        let phc = try await hasher.make(password).phcString
        return try await write { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT member, handle FROM handles WHERE member = ?",
                arguments: [member])
            guard let account = try Self.account(row) else {
                throw CredentialError.unknownMember(member)
            }
            try db.execute(sql: "DELETE FROM invitations WHERE member = ?", arguments: [member])
            try Self.setPassword(phc, member: member, db)
            return account
        }
    }

    private static func invited(_ hash: Data, now: Int64, _ db: Database) throws -> Account? {
        try account(
            Row.fetchOne(
                db,
                sql: """
                    SELECT member, handle FROM invitations JOIN handles USING (member)
                    WHERE hash = ? AND expires > ?
                    """,
                arguments: [hash, now]))
    }

    /// Sets a member's password and ends all that the earlier one opened.
    static func setPassword(_ phc: String, member: Int, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM sessions WHERE member = ?", arguments: [member])
        try db.execute(
            sql: """
                INSERT INTO accounts (member, phc) VALUES (?1, ?2)
                ON CONFLICT (member) DO UPDATE SET phc = ?2
                """,
            arguments: [member, phc])
    }

    /// Reads an account from a row that begins with member and handle.
    static func account(_ row: Row?) throws -> Account? {
        guard let row else { return nil }
        guard let member = Int.fromDatabaseValue(row[0]),
            let handle = String.fromDatabaseValue(row[1])
        else { throw StorageFault.misshapenRow }
        return Account(member: member, handle: handle)
    }

    static func checkLength(_ password: Secret) throws(CredentialError) {
        guard CredentialLimits.passwordOctets.contains(password.count) else {
            throw .passwordLength(limit: CredentialLimits.passwordOctets, actual: password.count)
        }
    }

    /// Writes, and lets no session be known that was read before.
    @discardableResult
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(CredentialError) -> Value {
        defer { recent.forget() }
        do {
            return try await pool.write(body)
        } catch let error as CredentialError {
            throw error
        } catch {
            throw .storage(StorageFault(error))
        }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(CredentialError) -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw .storage(StorageFault(error))
        }
    }
}
