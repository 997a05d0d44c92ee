import CanonicalJSON
import Forge
import Governance
import LogReader
import Routing
import Testing
import TransparencyLog

@Suite struct RefusalTests {
    @Test(arguments: RefusalCode.allCases)
    func `a statement that breaks the rule is refused by its name`(code: RefusalCode) throws {
        let faulty = try Provocation.situation(of: code, faulty: true)
        let refusal = try #require(try faulty.refusal)
        #expect(refusal.code == code)
        #expect(!refusal.detail.isEmpty)
        #expect(!refusal.next.isEmpty)
    }

    @Test(arguments: RefusalCode.allCases)
    func `the same statement without the fault is applied`(code: RefusalCode) throws {
        let control = try Provocation.situation(of: code, faulty: false)
        #expect(try control.refusal == nil)
        #expect(try control.judged().verdict == .applied)
    }

    private func value(of state: State) throws -> JSONValue {
        try JSONValue(parsing: state.canonicalOctets, form: .canonical, limits: .snapshot)
    }

    /// What a `tick` at the same time leaves is all that a void statement may leave.
    @Test(arguments: RefusalCode.allCases.filter { $0 != .notConstituted })
    func `a void statement is counted and has no effect`(code: RefusalCode) throws {
        let faulty = try Provocation.situation(of: code, faulty: true)
        let (verdict, after) = try faulty.judged()
        let refusal = try #require(try faulty.refusal)
        #expect(verdict == .void(refusal))
        #expect(after.state.voids == faulty.replay.state.voids + 1)
        let t = try #require(faulty.entry["t"])
        let ticked = try Situation(faulty.replay, ["v": 1, "kind": "tick", "t": t]).judged().after
        let uncounted = Samples.replacing(
            ["voids"], in: try value(of: after.state),
            by: .integer(Int64(ticked.state.voids)))
        #expect(uncounted == (try value(of: ticked.state)))
        #expect(after.state.quietUntil == ticked.state.quietUntil)
    }

    @Test func `before the founding is complete a statement has no place in the log`() throws {
        let early = try Provocation.situation(of: .notConstituted, faulty: true)
        let contradiction = #expect(throws: Contradiction.self) { try early.judged() }
        #expect(contradiction?.reason == .outOfPlace("statement"))
    }

    /// The head that a ballot names, as (size, whether its root is that of the log at some size).
    @Test(arguments: [(0, true), (1, false), (1_000_000, true), (1 << 52, true)])
    func `a head that never was one of this log is refused`(size: Int, empty: Bool) throws {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        let root = empty ? ContentDigest(of: []) : ContentDigest(of: [0])
        let head: JSONValue = ["size": .integer(Int64(size)), "root": .string(root.hex)]
        let situation = Situation(forge, try forge.ballot(number, by: 1, with: ["head": head]))
        #expect(try situation.refusal?.code == .headNotInLog)
    }

    @Test func `every earlier head of the log will do`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        for size in 1...forge.tree.size {
            let root = try forge.tree.root(atSize: size)
            let head: JSONValue = ["size": .integer(Int64(size)), "root": .string(root.hex)]
            let ballot = try forge.ballot(number, by: 1, with: ["head": head])
            #expect(try Situation(forge, ballot).refusal == nil)
        }
    }

    @Test func `a first ballot that says it replaces another is refused`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        let other: JSONValue = .string(ContentDigest(of: [1]).hex)
        let ballot = try forge.ballot(number, by: 1, with: ["replaces": other])
        #expect(try Situation(forge, ballot).refusal?.code == .wrongReplaces)
    }

    @Test func `a second ballot that does not say what it replaces is refused`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        let first = forge.ballotMembers(number, by: 1, "yes")
        try forge.vote(number, by: 1, "no")
        let second = try forge.signed("ballot", by: 1, first)
        #expect(try Situation(forge, second).refusal?.code == .wrongReplaces)
    }
}
