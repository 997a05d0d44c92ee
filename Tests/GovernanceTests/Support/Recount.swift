import CanonicalJSON
import Governance

/// Counts votes again from the entries alone, in the simplest way, to compare with the reducer.
struct Recount {
    /// What the entries say of one vote.
    struct Vote: Equatable {
        var electors: Int64
        var changeClass: String
        var choices: [Int64: String] = [:]

        func count(_ choice: String) -> Int {
            choices.values.count { $0 == choice }
        }
    }

    private(set) var votes: [Int64: Vote] = [:]
    private var proposals: [String: Int64] = [:]
    private var joined: Int64 = 0

    /// Takes an applied entry with its leaf hash.
    mutating func take(_ entry: JSONValue, leaf: String) {
        if entry["kind"]?.string == "open", let proposal = entry["proposal"]?.integer {
            proposals[leaf] = proposal
            votes[proposal] = Vote(
                electors: joined, changeClass: entry["class"]?.string ?? "")
        }
        if entry["stmt"]?["act"]?.string == "join" { joined += 1 }
        guard let stmt = entry["stmt"], stmt["act"]?.string == "ballot",
            let proposal = stmt["open"]?.string.flatMap({ proposals[$0] }),
            let by = stmt["by"]?.integer
        else { return }
        votes[proposal]?.choices[by] = stmt["choice"]?.string
    }

    /// Whether a vote carries under the demonstration's numbers, by the text of the rules: the
    /// least q whose square times 4 reaches a²·N, at least min(2, N), at most a simple majority.
    func carries(_ proposal: Int64) -> Bool {
        guard let vote = votes[proposal] else { return false }
        let n = Int(vote.electors)
        let (a, margin) = vote.changeClass == "routine" ? (3, 1) : (5, 2)
        var quorum = 0
        while 4 * quorum * quorum < a * a * n { quorum += 1 }
        quorum = min(max(quorum, min(2, n)), n / 2 + 1)
        let (yes, no) = (vote.count("yes"), vote.count("no"))
        return yes >= quorum && yes > no && yes >= margin * no
    }
}
