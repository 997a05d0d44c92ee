/// Who may come through the API's door: invitations, passwords, sessions.
///
/// The password opens the door; it never makes a vote, which is signed with a member's key. So
/// nothing here is part of the log, and a community that loses it invites its members again.
///
/// Passwords are stored as argon2id hashes; invitations and tokens, which are 256 random bits, as
/// SHA-256. Instants are milliseconds since 1970. Every call may be made from any task; the slow
/// ones (each that takes a password) wait in a bounded queue for one of few hashing threads.
package protocol Credentials: Sendable {
    /// Invites a member to set a password, at first or again after losing it.
    ///
    /// A member has at most one open invitation: this one ends those before it.
    ///
    /// - Parameters:
    ///   - member: A member whose handle the ``PersonalRecords`` hold.
    ///   - expires: The first instant at which it is no longer good.
    /// - Returns: The invitation, 43 characters of base64url. It is told this once and stored
    ///   hashed.
    /// - Throws: ``CredentialError/unknownMember(_:)``, ``CredentialError/storage(_:)``.
    func createInvitation(
        member: Int, expires: Int64
    ) async throws(CredentialError) -> Secret

    /// Trades an invitation for an account.
    ///
    /// Whoever comes first has it: of several calls with the same invitation one succeeds. A
    /// refused password leaves the invitation good. The member's earlier password and sessions,
    /// if there were any, end.
    ///
    /// - Parameter password: 12...1,024 octets, compared as octets.
    /// - Throws: ``CredentialError/passwordLength(limit:actual:)``,
    ///   ``CredentialError/invitationNotGood``, ``CredentialError/busy(waitingMax:)``,
    ///   ``CredentialError/storage(_:)``.
    func redeem(
        invitation: Secret, password: Secret, now: Int64
    ) async throws(CredentialError) -> Account

    /// Makes an account for a member who proved otherwise who they are, or gives it a new
    /// password; earlier sessions and invitations end.
    ///
    /// - Parameter password: 12...1,024 octets, compared as octets.
    /// - Throws: ``CredentialError/passwordLength(limit:actual:)``,
    ///   ``CredentialError/unknownMember(_:)`` for one whose handle is not kept,
    ///   ``CredentialError/busy(waitingMax:)``, ``CredentialError/storage(_:)``.
    func enrol(member: Int, password: Secret) async throws(CredentialError) -> Account

    /// Checks a handle and password.
    ///
    /// An unknown handle costs the same time and gives the same error as a wrong password. Failures
    /// are counted per handle, known or not; beyond ``CredentialLimits/failuresMax`` within
    /// ``CredentialLimits/failureWindowMilliseconds`` the password is not even looked at. When
    /// the configured cost of hashing rose since the hash was made, it is made anew.
    ///
    /// - Throws: ``CredentialError/notAccepted``,
    ///   ``CredentialError/tooManyFailures(retryAfterMilliseconds:)``,
    ///   ``CredentialError/busy(waitingMax:)``, ``CredentialError/storage(_:)``.
    func verify(
        handle: String, password: Secret, now: Int64
    ) async throws(CredentialError) -> Account

    /// Changes a password; all of the member's sessions end.
    ///
    /// - Throws: As ``verify(handle:password:now:)``; and
    ///   ``CredentialError/passwordLength(limit:actual:)``
    ///   for the new one.
    func changePassword(
        member: Int, current: Secret, new: Secret, now: Int64
    ) async throws(CredentialError)

    /// Opens a session.
    ///
    /// A member has at most ``CredentialLimits/sessionsMax``: opening one more ends the oldest.
    ///
    /// - Parameter lifetimeMilliseconds: 1...``CredentialLimits/lifetimeMaxMilliseconds``;
    ///   more is cut to that.
    /// - Returns: The session and its token: 256 random bits as 43 characters of base64url, told
    ///   this once.
    /// - Throws: ``CredentialError/unknownMember(_:)`` for one without an account,
    ///   ``CredentialError/storage(_:)``.
    func openSession(
        member: Int, now: Int64, lifetimeMilliseconds: Int64
    ) async throws(CredentialError) -> (token: Secret, session: Session)

    /// Finds the session of a token.
    ///
    /// - Returns: The session, or `nil` when the token is unknown, ended or expired.
    /// - Throws: ``CredentialError/storage(_:)``.
    func session(token: Secret, now: Int64) async throws(CredentialError) -> Session?

    /// Ends the session of a token, if there is one.
    ///
    /// - Throws: ``CredentialError/storage(_:)``.
    func endSession(token: Secret) async throws(CredentialError)
}

/// A member who can log in.
package struct Account: Equatable, Sendable {
    /// The member's number.
    package let member: Int
    /// The member's handle.
    package let handle: String

    /// An account made of its parts.
    package init(member: Int, handle: String) {
        self.member = member
        self.handle = handle
    }
}

/// A member who has logged in.
package struct Session: Equatable, Sendable {
    /// Who it is.
    package let account: Account
    /// The first instant at which it is over, milliseconds since 1970.
    package let expires: Int64

    /// A session made of its parts.
    package init(account: Account, expires: Int64) {
        self.account = account
        self.expires = expires
    }
}
