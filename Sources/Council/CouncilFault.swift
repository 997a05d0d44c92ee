package import Governance

/// Why a council cannot go on or cannot start. None of these is a member's fault.
package enum CouncilFault: Error, Sendable {
    /// The journal did not do what it was asked; its outcome may be unknown. Restart and recover.
    case journal(JournalError)
    /// Publishing failed after the commit. Restart: the same is published again.
    case publishing(String)
    /// A row's leaf hash is not its octets' hash.
    case leafMismatch(index: Int)
    /// The journal's tree is not the one that was signed; the first entry that differs, if the
    /// published tiles tell.
    case rootMismatch(size: Int, firstDifferent: Int?)
    /// The journal holds fewer entries than were signed.
    case entriesLost(signed: Int, found: Int)
    /// What was last put to the key is not what this council wrote: another one runs, or the file
    /// was edited.
    case lastSignedMoved(expected: Int, found: Int)
    /// An entry of the journal breaks the rules.
    case contradiction(Contradiction)
    /// The secret key of the log's key in force is not here.
    case keyMissing(String)
    /// Fewer members than the rules ask for agreed on a successor of the log.
    case tooFewSuccessors(found: Int)
    /// The journal is empty: no community was founded here.
    case notFounded
    /// A community was founded here before.
    case alreadyFounded
    /// What a founding was asked for cannot be.
    case founding(String)
}

extension CouncilFault: CustomStringConvertible {
    /// What happened, and what to do next.
    package var description: String {
        switch self {
        case .journal(let error): "\(error)"
        case .publishing(let why): "publishing failed: \(why); restart the council to try again"
        case .leafMismatch(let index):
            "entry \(index) of the journal was altered: its octets do not give its leaf hash; "
                + "restore the database, or rebuild it from the log's files"
        case .rootMismatch(let size, let index):
            "the journal is not the log that was signed at \(size) entries"
                + (index.map { ": entry \($0) was altered" } ?? "")
                + "; restore the database, or rebuild it from the log's files"
        case .entriesLost(let signed, let found):
            "\(signed) entries were signed, the journal holds \(found); "
                + "restore the database, or rebuild it from the log's files"
        case .lastSignedMoved(let expected, let found):
            "last-signed names \(found) entries where this council wrote \(expected); "
                + "make sure that no second council runs on this data"
        case .contradiction(let contradiction): "the journal breaks the rules: \(contradiction)"
        case .keyMissing(let key):
            "the log's key in force is \(key), by a vote; put its secret key beside log.key, as "
                + "log.key.next"
        case .tooFewSuccessors(let found):
            "\(found) members agreed on the successor; it takes the quorum of a constitutional vote"
        case .notFounded: "no community was founded here; run commonway init"
        case .alreadyFounded: "a community was founded here before; choose another folder"
        case .founding(let why): why
        }
    }
}
