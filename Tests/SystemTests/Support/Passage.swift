import CanonicalJSON
import Testing

/// What became of a proposal and when, in minutes of the month.
struct Passage: Equatable, CustomTestStringConvertible {
    var status: String
    var opened: Int64?
    var closes: Int64?
    var electors: Int64?
    var quorum: Int64?
    /// Yes, no, abstain.
    var tally: [Int64] = [0, 0, 0]
    var closed: Int64?
    var outcome: String?
    var due: Int64?
    var ended: Int64?

    var testDescription: String { "\(self)" }
}

extension Month {
    /// How far a proposal has come, as the API tells it.
    func passage(_ number: String) async throws -> Passage {
        let proposal = try await get("/proposals/\(number)")
        func minute(_ value: JSONValue?) -> Int64? { value?.integer.map { self.minute(of: $0) } }
        let (open, closed) = (proposal["open"], proposal["closed"])
        let tally = ["yes", "no", "abstain"].compactMap { proposal["tally"]?[$0]?.integer }
        return Passage(
            status: proposal["status"]?.string ?? "", opened: minute(open?["t"]),
            closes: minute(open?["closes"]), electors: open?["electors"]?.integer,
            quorum: open?["quorum"]?.integer, tally: tally, closed: minute(closed?["t"]),
            outcome: closed?["outcome"]?.string, due: minute(proposal["enactDue"]),
            ended: minute(proposal["ended"]?["t"]))
    }
}
