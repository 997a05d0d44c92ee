/// Why somebody did not come through the door.
package enum CredentialError: Error, Equatable, Sendable {
    /// No handle, or no account, is kept for this member.
    case unknownMember(Int)
    /// The password is too short or too long, octets.
    case passwordLength(limit: ClosedRange<Int>, actual: Int)
    /// The invitation is unknown, used, replaced by a later one, or expired.
    case invitationNotGood
    /// Unknown handle or wrong password; which of them is not told.
    case notAccepted
    /// Too many failures for this handle.
    case tooManyFailures(retryAfterMilliseconds: Int64)
    /// More password checks are waiting than allowed: 503, try again shortly.
    case busy(waitingMax: Int)
    /// The storage failed, and nothing was changed that could be told.
    case storage(StorageFault)
}

extension CredentialError: CustomStringConvertible {
    /// One sentence for the person at the door; it tells no secret.
    package var description: String {
        switch self {
        case .unknownMember(let member):
            "member \(member) has no account here; invite the member first"
        case .passwordLength(let limit, let actual):
            "a password has \(limit.lowerBound) to \(limit.upperBound) octets, "
                + "this one has \(actual)"
        case .invitationNotGood:
            "this invitation is unknown, used or expired; ask for a new one"
        case .notAccepted:
            "handle and password do not belong together"
        case .tooManyFailures(let milliseconds):
            "too many failed attempts; try again in \((milliseconds + 999) / 1_000) s"
        case .busy(let waitingMax):
            "more than \(waitingMax) password checks are waiting; try again in a few seconds"
        case .storage(let fault):
            "credentials are not available: \(fault)"
        }
    }
}

/// How much of each there may be.
package enum CredentialLimits {
    /// The length of a password, octets: long enough to be worth hashing, short enough to read.
    package static let passwordOctets = 12...1_024

    /// Sessions of one member: a few browsers and command lines each, without growing for ever.
    package static let sessionsMax = 16

    /// The longest session, milliseconds: 90 days.
    package static let lifetimeMaxMilliseconds: Int64 = 90 * 86_400_000

    /// Failed password checks of one handle within the window before it must wait.
    package static let failuresMax = 10

    /// The window in which failures count, milliseconds: 15 minutes.
    package static let failureWindowMilliseconds: Int64 = 15 * 60_000
}
