import CanonicalJSON
import Council
import Governance
import Routing

/// Every ballot of the log by the vote that it is for, and every remark by the proposal, read on
/// from the journal when asked.
///
/// The state forgets ballots at the close, since no rule looks at them again, and only counts
/// remarks; people want to see them. The
/// council logs no statement that breaks a rule, so a ballot in its journal counted when it was
/// logged.
actor ProposalBook {
    private var votes: [ContentDigest: [Line]] = [:]
    private var concerns: [Int: [RemarkLine]] = [:]
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

    /// One remark.
    struct RemarkLine: Sendable {
        /// The member.
        let by: Int
        /// What it is about.
        let concern: Concern
        /// The digest of the reasons.
        let reason: ContentDigest
        /// When it was logged.
        let t: Int64
        /// The index of its entry.
        let index: Int

        /// The remark as the API shows it, with the reasons when they are still kept.
        func json(reason text: String?) -> JSONValue {
            var object = JSONObject()
            object["by"] = .integer(Int64(by))
            object["concern"] = .string(concern.rawValue)
            object["index"] = .integer(Int64(index))
            object["reason"] = text.map { .string($0) }
            object["t"] = .integer(t)
            return .object(object)
        }
    }

    /// The remarks on a proposal, in log order.
    ///
    /// - Throws: ``APIError/journal(_:)``.
    /// - Complexity: As ``ballots(on:in:size:)``.
    func remarks(
        on proposal: Int, in journal: any Journal, size: Int
    ) throws(APIError) -> [RemarkLine] {
        try readOn(journal, to: size)
        return concerns[proposal] ?? []
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
        try readOn(journal, to: size)
        return votes[leaf] ?? []
    }

    private func readOn(_ journal: any Journal, to size: Int) throws(APIError) {
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
        guard case .statement(let signed) = entry.body else { return }
        if case .remark(let proposal, let concern, let reason) = signed.statement.act {
            concerns[proposal, default: []].append(
                RemarkLine(
                    by: signed.statement.by, concern: concern, reason: reason, t: entry.t,
                    index: row.index))
        }
        guard case .ballot(let ballot) = signed.statement.act else { return }
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
