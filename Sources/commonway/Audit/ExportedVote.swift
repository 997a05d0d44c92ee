import CanonicalJSON
import Governance
import Routing

/// One vote as an export tells of it.
struct ExportedVote {
    /// The proposal.
    let proposal: Int
    /// The index of the entry that opened it.
    let index: Int
    /// That entry's leaf hash, which ballots name, in hexadecimal digits.
    let leaf: String
    /// How many might vote.
    let electors: Int64
    /// The yes votes needed.
    let quorum: Int64
    /// Each elector's ballot in force.
    var ballots: [Int: (hash: ContentDigest, choice: Choice)] = [:]
    /// What the log closed it with; `nil` while it is open.
    private(set) var closed: Count?
    /// `passed`, `failed`, `no-quorum`; `open` while it is.
    private(set) var outcome = "open"

    /// How many took each side.
    struct Count: Equatable, CustomStringConvertible {
        var yes: Int64 = 0
        var no: Int64 = 0
        var abstain: Int64 = 0

        var description: String { "yes \(yes), no \(no), abstain \(abstain)" }
    }

    init(_ proposal: Int, _ entry: AuditedEntry) {
        self.proposal = proposal
        index = entry.index
        leaf = entry.leaf.hex
        electors = entry.value["electors"]?.integer ?? 0
        quorum = entry.value["quorum"]?.integer ?? 0
    }

    /// Notes how it was closed.
    mutating func close(_ entry: AuditedEntry) {
        let value = entry.value
        closed = Count(
            yes: value["yes"]?.integer ?? 0, no: value["no"]?.integer ?? 0,
            abstain: value["abstain"]?.integer ?? 0)
        outcome = value["outcome"]?.string ?? ""
    }

    /// The ballots in force, counted.
    var count: Count {
        var count = Count()
        for ballot in ballots.values {
            switch ballot.choice {
            case .yes: count.yes += 1
            case .no: count.no += 1
            case .abstain: count.abstain += 1
            }
        }
        return count
    }
}

extension Tally {
    /// The same counts, as exports compare them.
    var asCount: ExportedVote.Count {
        ExportedVote.Count(yes: Int64(yes), no: Int64(no), abstain: Int64(abstain))
    }
}
