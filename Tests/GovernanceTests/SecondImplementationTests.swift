import CanonicalJSON
import Forge
import Foundation
import Governance
import Routing
import TestKit
import Testing

/// The rules are written twice: the reducer, and a slow program in Python from the same page. They
/// must say the same to every entry, right or wrong, and end in the same state.
@Suite struct SecondImplementationTests {
    /// Histories of small communities, and of some in which a tie can meet the quorum.
    private static let histories: [(seed: UInt64, founders: ClosedRange<Int>, steps: Int)] =
        (101...107).map { ($0, 3...7, 260) } + (201...203).map { ($0, 10...12, 160) }

    @Test(arguments: histories)
    func `both say the same of every entry of a history`(
        history: (seed: UInt64, founders: ClosedRange<Int>, steps: Int)
    ) async throws {
        try await compare(
            try Trial(seed: history.seed, steps: history.steps, founders: history.founders))
    }

    @Test func `both say the same of stewards who leave and whose term ends`() async throws {
        var forge = try Forge(founders: 5, charter: RandomHistory.charter)
        try forge.enact(Samples.library)
        try forge.enact([["op": "stewards", "members": [4, 5]]])
        #expect(try tried(&forge, by: 1) == .notASteward)
        try forge.leave(4)
        #expect(try tried(&forge, by: 1) == nil)
        try forge.advance(to: forge.t + 6000)
        try forge.enact([["op": "stewards", "members": [2, 3]]])
        let ends = try #require(forge.state.overlays.election).until
        try forge.advance(to: ends - 1)
        #expect(try tried(&forge, by: 1) == .notASteward)
        try forge.advance(to: ends)
        #expect(try tried(&forge, by: 1) == nil)
        try await compare(try Trial(of: forge, seed: 1))
    }

    @Test func `both say the same of keepers who change, and of a vote that was on before`()
        async throws
    {
        var forge = try Forge(founders: 12, charter: RandomHistory.charter)
        try forge.enact([Samples.keptBackend("catalogue", keepers: [2, 3]), Samples.library[1]])
        try forge.move("catalogue", to: ["10.0.0.7"], by: 2)
        try forge.enact([Samples.keptBackend("catalogue", keepers: [2])])
        #expect(forge.state.documents.overlays.isEmpty)
        let other = Samples.route("library", host: "other.example", to: [("catalogue", 1)])
        let early = try forge.openVote([other])
        for member in 1...11 { try forge.vote(early, by: member, "yes") }
        try forge.advance(to: forge.t + 3000)
        #expect(try tried(&forge, by: 3) == nil)
        try forge.advance(to: forge.t + 3000)
        #expect(forge.state.proposal(early)?.status == .enacted)
        #expect(forge.state.documents.overlays.count == 1)
        try await compare(try Trial(of: forge, seed: 2))
    }

    /// A fifth of 19 members is three in a period, and of 21 it would be four.
    @Test func `both say the same of newcomers close upon newcomers`() async throws {
        var forge = try Forge(founders: 19, charter: RandomHistory.charter)
        func newcomers(_ seeds: UInt8...) throws -> JSONValue {
            try forge.admission(of: try seeds.map { try Forge.foreignKey($0) })
        }
        try forge.enact([try newcomers(1, 2)])
        try forge.enact([try newcomers(3, 4)])
        #expect(forge.state.waiting == [23])
        try forge.advance(to: forge.t + 60_000)
        #expect(forge.state.waiting.isEmpty)
        try await compare(try Trial(of: forge, seed: 3))
    }

    /// What a route takes from others depends on those that are in force when its vote opens. Its
    /// class, which follows, says how long it is discussed.
    @Test func `both say the same of a proposal whose plan an enactment changes`() async throws {
        let charter = Samples.replacing(
            ["classes", "constitutional", "discussion"],
            in: Samples.charter(["classes", "sensitive", "discussion"], "3s"), by: "5s")
        var forge = try Forge(founders: 5, charter: charter)
        try forge.enact(Samples.library)
        func shared(_ name: String, _ path: String) -> JSONValue {
            Samples.route(name, host: "shared.example", to: [("catalogue", 1)], path: path)
        }
        let first = try forge.openVote([shared("first", "/")])
        for member in 1...4 { try forge.vote(first, by: member, "yes") }
        let due = try #require(forge.state.proposal(first)?.vote).closes + 2000
        try forge.advance(to: due - 500)
        let second = try forge.propose([shared("second", "/deep")], by: 2)
        for member in 3...5 { try forge.sponsor(second, by: member) }
        func effect() throws -> ContentDigest? {
            guard
                case .clean(let planned) = forge.state.standing(
                    of: try #require(forge.state.proposal(second)))
            else { return nil }
            return planned.effect
        }
        let before = try effect()
        try forge.advance(to: due)
        #expect(forge.state.proposal(first)?.status == .enacted)
        #expect(forge.state.proposal(second)?.status == .discussion)
        #expect(try before != effect())
        try forge.advance(to: due + 10_000)
        #expect(forge.state.proposal(second)?.vote != nil)
        try await compare(try Trial(of: forge, seed: 4))
    }

    @Test func `both say the same of ballots that do not say what they replace`() async throws {
        var forge = try Forge(founders: 5, charter: RandomHistory.charter)
        let number = try forge.openVote()
        let other: JSONValue = .string(ContentDigest(of: [1]).hex)
        let early = try forge.ballot(number, by: 1, with: ["replaces": other])
        #expect(try code(forge.append(early)) == .wrongReplaces)
        let silent = forge.ballotMembers(number, by: 1, "yes")
        try forge.vote(number, by: 1, "no")
        #expect(try code(forge.append(forge.signed("ballot", by: 1, silent))) == .wrongReplaces)
        let wrong = try forge.ballot(number, by: 1, with: ["replaces": other])
        #expect(try code(forge.append(wrong)) == .wrongReplaces)
        try forge.vote(number, by: 1, "yes")
        try await compare(try Trial(of: forge, seed: 4))
    }

    /// The equation holds for it, and some verifiers would take it.
    @Test func `both refuse a signature whose R is of small order`() async throws {
        var forge = try Forge(founders: 5, charter: RandomHistory.charter)
        let number = try forge.openVote()
        let ballot = try forge.ballot(number, by: 1)
        let stmt = try #require(ballot["stmt"])
        let program = Checkout.root.appendingPathComponent("Tests/Second/crafted.py").path
        let crafted = try await CommandResult.of(
            "python3",
            [
                program, Forge.seed(ofMember: 1).hexadecimal, "ballot@commonway",
                stmt.canonicalOctets.hexadecimal,
            ])
        #expect(crafted.ending == .exited(0), "\(crafted.errorText)")
        let signature = crafted.outputText.split(separator: "\n").joined()
        let entry = Samples.replacing(["sig"], in: ballot, by: .string(signature))
        #expect(try code(forge.append(entry)) == .badSignature)
        #expect(try code(forge.append(ballot)) == nil)
        try await compare(try Trial(of: forge, seed: 5))
    }

    /// The rule that a statement broke.
    private func code(_ verdict: Verdict) -> RefusalCode? {
        if case .void(let refusal) = verdict { refusal.code } else { nil }
    }

    /// Has a member disable the route, and says which rule refused it.
    private func tried(_ forge: inout Forge, by member: Int) throws -> RefusalCode? {
        code(try forge.append(forge.signed("emergency", by: member, ["disable": "library"])))
    }

    private func compare(_ trial: Trial) async throws {
        let folder = try TemporaryFolder()
        let input = try folder.write(trial.lines.joined(separator: "\n") + "\n", to: "entries")
        let program = Checkout.root.appendingPathComponent("Tests/Second/second.py").path
        let result = try await CommandResult.of(
            "python3", [program], inputFile: input, within: .seconds(400))
        #expect(result.ending == .exited(0), "\(result.errorText)")
        let answers = result.outputText.split(separator: "\n").map(String.init)
        try #require(answers.count == trial.verdicts.count + 1)
        let different = zip(answers, trial.verdicts).enumerated().first {
            !$0.element.0.hasPrefix($0.element.1)
        }
        #expect(
            different == nil,
            """
            line \(different?.offset ?? 0): \(different.map { trial.lines[$0.offset] } ?? "")
            first: \(different?.element.1 ?? "")
            second: \(different?.element.0 ?? "")
            """)
        #expect(answers.last == trial.state)
    }
}
