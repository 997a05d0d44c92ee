import CanonicalJSON
import Forge
import Foundation
import Governance

/// A community in which many votes are open, and signed ballots on them that were not handed in:
/// the first of each elector on each vote, so that they may come in any order.
struct BallotBox {
    /// How many members and votes there are.
    struct Size {
        /// Members, all founders and electors.
        var members = 1_000
        /// Votes that are open.
        var votes = 50
    }

    /// The community, its votes open since a moment ago.
    private(set) var forge: Forge
    /// The bodies of requests that hand a ballot in.
    private(set) var bodies: [[UInt8]] = []

    /// By how much the log's last entry is before now, milliseconds.
    private static let agoMs: Int64 = 10_000
    /// How long the ballots may be handed in, milliseconds.
    private static let untilMs: Int64 = 3_000_000

    /// Opens the votes and signs the ballots.
    ///
    /// - Throws: ``BenchFault/log(_:)``.
    init(_ size: Size) throws(BenchFault) {
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        do {
            forge = try Forge(
                founders: size.members, charter: Self.charter, t: now - Self.agoMs)
            var numbers: [Int] = []
            for vote in 0..<size.votes {
                let number = try forge.propose(
                    [["op": "motion", "text": .string(ContentText.digest(of: vote))]],
                    by: vote % size.members + 1)
                numbers.append(number)
                let needed =
                    forge.state.proposal(number).map {
                        forge.state.sponsorsNeeded(by: $0, at: forge.t)
                    } ?? 1
                for place in 1..<max(1, needed) {
                    try forge.sponsor(number, by: (vote + place) % size.members + 1)
                }
            }
            try forge.advance(to: now - Self.agoMs / 2)
            for number in numbers {
                for member in 1...size.members {
                    bodies.append(try ballot(number, by: member, until: now + Self.untilMs))
                }
            }
        } catch {
            throw .log("\(error)")
        }
    }

    private mutating func ballot(
        _ number: Int, by member: Int, until: Int64
    ) throws -> [UInt8] {
        var members = forge.ballotMembers(number, by: member, member % 5 == 0 ? "no" : "yes")
        members["until"] = .integer(until)
        let stmt = forge.statement("ballot", by: member, members)
        let signature = try Forge.signature(of: stmt, by: forge.keys[member - 1])
        let body: JSONValue = ["stmt": stmt, "sig": .string(signature)]
        return body.canonicalOctets
    }

    /// The rules of a demonstration, but for votes that stay open and are many.
    private static var charter: JSONValue {
        guard var charter = Charter.demonstration.object,
            var classes = charter["classes"]?.object, var limits = charter["limits"]?.object
        else { preconditionFailure("the demonstration's charter is one") }
        for member in classes.members {
            guard var rules = member.value.object else { continue }
            rules["voting"] = "1d"
            classes[member.name] = .object(rules)
        }
        limits["openVotes"] = 1_000
        limits["votingPerMember"] = 100
        limits["discussionPerMember"] = 100
        charter["classes"] = .object(classes)
        charter["limits"] = .object(limits)
        return .object(charter)
    }
}

/// Digests that stand for texts which nobody keeps.
private enum ContentText {
    static func digest(of number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }
}
