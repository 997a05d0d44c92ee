package import Council
import Foundation
import GRDB
import Routing

extension SQLiteCredentials {
    /// As ``Credentials/openSession(member:now:lifetimeMilliseconds:)``; removes every session that
    /// is over on the way.
    package func openSession(
        member: Int, now: Int64, lifetimeMilliseconds: Int64
    ) async throws(CredentialError) -> (token: Secret, session: Session) {
        let lifetime = min(max(1, lifetimeMilliseconds), CredentialLimits.lifetimeMaxMilliseconds)
        let (end, overflow) = now.addingReportingOverflow(lifetime)
        let expires = overflow ? Int64.max : end
        let token = RandomOctets.token()
        let hash = Data(SaltedHash.ofToken(token).octets)
        let account = try await write { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT member, handle FROM accounts JOIN handles USING (member)
                    WHERE member = ?
                    """,
                arguments: [member])
            guard let account = try Self.account(row) else {
                throw CredentialError.unknownMember(member)
            }
            try Self.makeRoom(member: member, now: now, db)
            try db.execute(
                sql: "INSERT INTO sessions (hash, member, opened, expires) VALUES (?, ?, ?, ?)",
                arguments: [hash, member, now, expires])
            return account
        }
        return (token, Session(account: account, expires: expires))
    }

    /// As ``Credentials/session(token:now:)``, by the hash of the token: the time that the search
    /// takes tells nothing of a token. One that was looked up just now is not read again.
    package func session(token: Secret, now: Int64) async throws(CredentialError) -> Session? {
        guard token.count == RandomOctets.tokenCharacters else { return nil }
        let hash = Data(SaltedHash.ofToken(token).octets)
        if let known = recent.session(hash, now: now) { return known }
        let generation = recent.generation
        let found: Session? = try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT member, handle, expires FROM sessions JOIN handles USING (member)
                    WHERE hash = ? AND expires > ?
                    """)
            let row = try Row.fetchOne(statement, arguments: [hash, now])
            guard let row, let account = try Self.account(row) else { return nil }
            guard let expires = Int64.fromDatabaseValue(row[2]) else {
                throw StorageFault.misshapenRow
            }
            return Session(account: account, expires: expires)
        }
        if let found { recent.keep(found, hash, now: now, generation: generation) }
        return found
    }

    /// As ``Credentials/endSession(token:)``.
    package func endSession(token: Secret) async throws(CredentialError) {
        let hash = Data(SaltedHash.ofToken(token).octets)
        try await write { db in
            try db.execute(sql: "DELETE FROM sessions WHERE hash = ?", arguments: [hash])
        }
    }

    /// Removes every session that is over, and this member's oldest beyond the bound.
    private static func makeRoom(member: Int, now: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM sessions WHERE expires <= ?", arguments: [now])
        try db.execute(
            sql: """
                DELETE FROM sessions WHERE hash IN (
                    SELECT hash FROM sessions WHERE member = ?
                    ORDER BY opened DESC LIMIT -1 OFFSET ?)
                """,
            arguments: [member, CredentialLimits.sessionsMax - 1])
    }
}
