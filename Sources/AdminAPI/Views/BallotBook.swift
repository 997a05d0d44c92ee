import CanonicalJSON
import Council
import Governance
import Routing

/// Every ballot of the log by the vote that it is for, read on from the journal when asked.
///
/// The state forgets ballots at the close, since no rule looks at them again; people do. The
/// council logs no statement that breaks a rule, so a ballot in its journal counted when it was
/// logged.
actor BallotBook {
    private var votes: [ContentDigest: [Line]] = [:]
    private var next = 0

    /// One ballot. A hundred thousand of them are some ten MiB.
    struct Line: Sendable {
        /// The elector.
        let by: Int
        /// The side taken.
        let choice: Choice
        /// The index of its entry.
        let index: Int
        /// The statement's hash.
        let hash: ContentDigest
        /// Whether no later one of the same elector replaced it.
        var isInForce: Bool

        /// The ballot as the API shows it.
        var json: JSONValue {
            [
                "by": .integer(Int64(by)), "choice": .string(choice.rawValue),
                "index": .integer(Int64(index)), "hash": .string(hash.hex),
                "inForce": .bool(isInForce),
            ]
        }
    }

    /// The ballots of a vote, in log order.
    ///
    /// - Parameters:
    ///   - leaf: The leaf hash of the `open` entry.
    ///   - size: How many entries are public.
    /// - Throws: ``APIError/journal(_:)``.
    /// - Complexity: O(entries since the last call), the whole log at the first.
    func ballots(
        on leaf: ContentDigest, in journal: any Journal, size: Int
    ) throws(APIError) -> [Line] {
        while next < size {
            let limit = min(JournalLimits.pageEntriesMax, size - next)
            let rows: [JournalEntry]
            do throws(JournalError) {
                rows = try journal.entries(from: next, limit: limit)
            } catch {
                throw .journal(error)
            }
            guard !rows.isEmpty else {
                throw .journal(.corrupt(index: next, detail: "it is missing"))
            }
            for row in rows {
                try note(row)
                next += 1
            }
        }
        return votes[leaf] ?? []
    }

    private func note(_ row: JournalEntry) throws(APIError) {
        // Only statements have a hash; the others need no parsing.
        guard row.statementHash != nil else { return }
        let entry: Entry
        do {
            entry = try Entry(octets: row.octets)
        } catch {
            throw .journal(.corrupt(index: row.index, detail: "\(error)"))
        }
        guard case .statement(let signed) = entry.body,
            case .ballot(let ballot) = signed.statement.act
        else { return }
        let line = Line(
            by: signed.statement.by, choice: ballot.choice, index: row.index,
            hash: signed.statement.hash, isInForce: true)
        if let replaced = ballot.replaces,
            let place = votes[ballot.open]?.lastIndex(where: { $0.hash == replaced })
        {
            votes[ballot.open]?[place].isInForce = false
        }
        votes[ballot.open, default: []].append(line)
    }
}
