package import Council
import GRDB
import Synchronization

extension SQLiteCredentials {
    /// An account with its hash, as stored.
    private struct Stored: Sendable {
        let account: Account
        let phc: String
    }

    /// As ``Credentials/verify(handle:password:now:)``.
    package func verify(
        handle: String, password: Secret, now: Int64
    ) async throws(CredentialError) -> Account {
        // SQLite's C interface would end a handle at a NUL, and find another member's.
        let stored =
            PersonalLimits.isHandle(handle)
            ? try await stored(
                sql: """
                    SELECT member, handle, phc FROM accounts JOIN handles USING (member)
                    WHERE handle = ?
                    """,
                arguments: [handle]) : nil
        return try await check(password, of: stored, claiming: handle, now: now)
    }

    /// As ``Credentials/changePassword(member:current:new:now:)``; two hashes.
    package func changePassword(
        member: Int, current: Secret, new: Secret, now: Int64
    ) async throws(CredentialError) {
        try Self.checkLength(new)
        let stored = try await stored(
            sql: """
                SELECT member, handle, phc FROM accounts JOIN handles USING (member)
                WHERE member = ?
                """,
            arguments: [member])
        guard let stored else { throw .unknownMember(member) }
        let account = try await check(
            current, of: stored, claiming: stored.account.handle, now: now)
        let phc = try await hasher.make(new).phcString
        try await write { db in try Self.setPassword(phc, member: account.member, db) }
    }

    private func stored(
        sql: String, arguments: StatementArguments
    ) async throws(CredentialError) -> Stored? {
        try await read { db in
            let row = try Row.fetchOne(db, sql: sql, arguments: arguments)
            guard let row, let account = try Self.account(row) else { return nil }
            guard let phc = String.fromDatabaseValue(row[2]) else {
                throw StorageFault.misshapenRow
            }
            return Stored(account: account, phc: phc)
        }
    }

    /// Checks a password, known handle or not, by the same steps.
    private func check(
        _ password: Secret, of stored: Stored?, claiming handle: String, now: Int64
    ) async throws(CredentialError) -> Account {
        let key: FailureLimiter.Key =
            if let stored {
                .member(stored.account.member)
            } else {
                .stranger(SaltedHash.ofToken(Secret(text: handle)))
            }
        if let wait = limiter.withLock({ $0.charge(key, now: now) }) {
            throw .tooManyFailures(retryAfterMilliseconds: wait)
        }
        // A password of a length that nobody can set needs no hash to be wrong.
        guard CredentialLimits.passwordOctets.contains(password.count) else { throw .notAccepted }
        let known = try Self.hash(of: stored) ?? nobody
        let right: Bool
        do throws(CredentialError) {
            right = try await hasher.check(password, has: known)
        } catch {
            limiter.withLock { $0.takeBack(key) }
            throw error
        }
        guard right, let stored else { throw .notAccepted }
        limiter.withLock { $0.succeeded(key) }
        if known.cost.isWeaker(than: hasher.cost) {
            try await strengthen(stored, password: password)
        }
        return stored.account
    }

    private static func hash(of stored: Stored?) throws(CredentialError) -> PasswordHash? {
        guard let stored else { return nil }
        guard let hash = PasswordHash(phcString: stored.phc) else {
            throw .storage(StorageFault.misshapenRow)
        }
        return hash
    }

    /// Makes the hash anew at today's cost, unless the password was changed in the meantime.
    private func strengthen(_ stored: Stored, password: Secret) async throws(CredentialError) {
        let phc: String
        do throws(CredentialError) {
            phc = try await hasher.make(password).phcString
        } catch .busy {
            // The password was right; the next login makes up for it.
            return
        }
        try await write { db in
            try db.execute(
                sql: "UPDATE accounts SET phc = ? WHERE member = ? AND phc = ?",
                arguments: [phc, stored.account.member, stored.phc])
        }
    }
}
