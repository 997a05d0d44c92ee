package import Governance
package import TransparencyLog

/// What became of a statement that was handed in.
package struct Logged: Sendable {
    /// The statement's hash.
    package let hash: Digest
    /// The index of its entry.
    package let index: Int
    /// The entry's time, milliseconds since 1970.
    package let t: Int64
    /// The log key's word that it is in the log.
    package let acknowledgement: SignedNote
    /// For a `propose`: the proposal's number.
    package let proposal: Int?
    /// Whether it was in the log before.
    package let wasThere: Bool
}

/// Why a statement was not logged.
package enum SubmissionError: Error, Sendable {
    /// It breaks a rule.
    case refused(Refusal)
    /// More statements wait than the council takes at once; try again shortly.
    case busy(limit: Int)
    /// The council is going down; whether the statement was logged shows after its restart.
    case unavailable
}

/// The bounds of what a council takes in at once.
package enum CouncilLimits {
    /// Statements that wait for a turn; a turn takes milliseconds.
    package static let waitingMax = 4096
    /// Statements in one turn, one transaction, one signature.
    package static let turnMax = 512
    /// Milliseconds between two `state` entries, where not ``State/stateInterval`` entries come
    /// before.
    package static let stateEveryMilliseconds: Int64 = 86_400_000
    /// Listeners for publications.
    package static let listenersMax = 1024
}
