import CanonicalJSON
import Governance

/// Counts votes again from the entries alone, in the simplest way, to compare with the reducer.
struct Recount {
    /// What the entries say of one vote.
    struct Vote: Equatable {
        var electors: Int64
        var changeClass: String
        /// 1 for a void, which asks for more yes than no.
        var margin: Int64
        var isOpen = true
        var choices: [Int64: String] = [:]
        /// The key line that signed each ballot.
        var keys: [Int64: String] = [:]

        func count(_ choice: String) -> Int {
            choices.values.count { $0 == choice }
        }
    }

    private(set) var votes: [Int64: Vote] = [:]
    private var proposals: [String: Int64] = [:]
    /// Takes an applied entry with its leaf hash and, for a statement, the key line that signed it.
    mutating func take(_ entry: JSONValue, leaf: String, signer: String?) {
        if entry["kind"]?.string == "open", let proposal = entry["proposal"]?.integer {
            proposals[leaf] = proposal
            votes[proposal] = Vote(
                electors: entry["electors"]?.integer ?? 0,
                changeClass: entry["class"]?.string ?? "", margin: entry["margin"]?.integer ?? 0)
        }
        if entry["kind"]?.string == "close", let proposal = entry["proposal"]?.integer {
            votes[proposal]?.isOpen = false
        }
        takeStolenKey(entry["stmt"] ?? [:])
        guard let stmt = entry["stmt"], stmt["act"]?.string == "ballot",
            let proposal = stmt["open"]?.string.flatMap({ proposals[$0] }),
            let by = stmt["by"]?.integer
        else { return }
        votes[proposal]?.choices[by] = stmt["choice"]?.string
        votes[proposal]?.keys[by] = signer
    }

    /// The ballots that a stolen key signed on open votes do not count.
    private mutating func takeStolenKey(_ stmt: JSONValue) {
        guard stmt["act"]?.string == "retire", stmt["stolen"] == true,
            let by = stmt["by"]?.integer, let key = stmt["key"]?.string
        else { return }
        for (proposal, vote) in votes where vote.isOpen && vote.keys[by] == key {
            votes[proposal]?.choices[by] = nil
        }
    }

    /// Whether a vote carries under the demonstration's numbers, by the text of the rules: the
    /// least q whose square times 4 reaches a²·N, at least min(2, N), at most a simple majority.
    func carries(_ proposal: Int64) -> Bool {
        guard let vote = votes[proposal] else { return false }
        let n = Int(vote.electors)
        let (a, margin) =
            switch vote.changeClass {
            case "routine": (3, 1)
            case "sensitive": (5, 2)
            default: (8, 3)
            }
        var quorum = 0
        while 4 * quorum * quorum < a * a * n { quorum += 1 }
        let most = vote.changeClass == "constitutional" ? (2 * n + 2) / 3 : n / 2 + 1
        quorum = min(max(quorum, min(2, n)), max(1, most))
        let (yes, no) = (vote.count("yes"), vote.count("no"))
        return yes >= quorum && yes > no && yes >= (vote.margin == 1 ? 1 : margin) * no
    }
}
