import CanonicalJSON
import Governance
import LogReader
import Routing
import TransparencyLog

/// One turn of the council: entries decided together, committed in one transaction.
///
/// Works on the council's own replay, which it changes; a council whose commit fails throws both
/// away.
struct Turn {
    /// The time of every entry of the turn.
    let t: Int64
    /// The entries decided so far.
    private(set) var entries: [JournalEntry] = []
    /// Whether the documents in force changed.
    var changesTable = false

    /// Entries of one turn at most: what is due could otherwise fill a transaction without bound.
    private static let dueMax = 2048

    init(t: Int64) { self.t = t }

    /// Appends all that is due at the turn's time.
    mutating func appendDue(_ replay: inout Replay) throws(CouncilFault) {
        while entries.count < Self.dueMax, let due = replay.state.firstDue(at: t) {
            let before = replay.state.documents.tableDigest
            try append(replay.state.claim(for: due, at: t), to: &replay)
            if replay.state.documents.tableDigest != before { changesTable = true }
        }
    }

    /// Appends an entry of the council's own.
    mutating func append(_ claim: JSONValue, to replay: inout Replay) throws(CouncilFault) {
        do {
            try take(try CheckedEntry(octets: claim.canonicalOctets), &replay)
        } catch let error as Contradiction {
            throw .contradiction(error)
        } catch {
            preconditionFailure("the council writes entries that can be read: \(error)")
        }
    }

    /// Logs a statement that no rule refuses.
    ///
    /// - Parameter checked: The entry that logs it at the turn's time.
    /// - Returns: The index of its entry.
    mutating func log(
        _ checked: CheckedEntry, to replay: inout Replay
    ) throws(CouncilFault) -> Int {
        let index = replay.state.entries
        let before = replay.state.documents.tableDigest
        do {
            try take(checked, &replay)
        } catch {
            throw .contradiction(error)
        }
        if replay.state.documents.tableDigest != before { changesTable = true }
        try appendDue(&replay)
        return index
    }

    private mutating func take(
        _ checked: CheckedEntry, _ replay: inout Replay
    ) throws(Contradiction) {
        let index = replay.state.entries
        try replay.take(checked)
        replay.plan()
        entries.append(
            JournalEntry(
                index: index, octets: checked.octets, leafHash: Replay.digest(checked.leafHash),
                statementHash: checked.statementHash))
    }
}
