import CanonicalJSON
import Forge
import Governance
import Testing
import TransparencyLog

/// Members carry a log on whose operator is gone.
@Suite struct SuccessionTests {
    private static func next(_ seed: UInt8 = 9) throws -> SignerKey {
        try SignerKey(name: "next.example/log", seed: [UInt8](repeating: seed, count: 32))
    }

    @Test func `a constitutional quorum of electors carries the log on under another key`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        try forge.enact(Samples.library)
        let next = try Self.next()
        let words = try (1...3).map { try forge.succession(to: next, by: $0) }
        try forge.append(SuccessionStatement.entry(Array(words[..<2]), t: forge.t))
        #expect(forge.state.succession?.members == [1, 2])
        #expect(forge.state.origin == "forge.example/log")
        try forge.append(SuccessionStatement.entry(Array(words[2...]), t: forge.t))
        #expect(forge.state.origin == "next.example/log")
        #expect(forge.state.logKey == next.verifier.text)
        #expect(forge.state.succession == nil)
        try forge.enact([["op": "delete", "kind": "HTTPRoute", "name": "library"]])
    }

    @Test func `nothing else comes between`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let words = [try forge.succession(to: try Self.next(), by: 1)]
        try forge.append(SuccessionStatement.entry(words, t: forge.t))
        let tick: JSONValue = ["v": 1, "kind": "tick", "t": .integer(forge.t)]
        #expect(throws: Contradiction.self) { try Situation(forge, tick).judged() }
    }

    @Test func `it may come while something is due, which is done afterwards`() throws {
        var forge = try Forge(founders: 3, charter: Charter.demonstration)
        let number = try forge.openVote()
        forge.t = try #require(forge.state.proposal(number)?.vote?.closes)
        let words = try (1...2).map { try forge.succession(to: try Self.next(), by: $0) }
        try forge.append(SuccessionStatement.entry(words, t: forge.t))
        #expect(forge.state.origin == "next.example/log")
        #expect(forge.state.proposal(number)?.status == .voting)
        try forge.advance(to: forge.t)
        #expect(forge.state.proposal(number)?.status == .noQuorum)
    }

    @Test(arguments: ["twice", "other terms", "another's key", "stranger", "another size", "root"])
    func `words that do not hold together are a contradiction`(fault: String) throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        var words = try (1...3).map { try forge.succession(to: try Self.next(), by: $0) }
        let elsewhere = try forge.succession(to: try Self.next(8), by: 3)
        switch fault {
        case "twice": words[2] = words[0]
        case "other terms": words[2] = elsewhere
        case "another's key":
            words[2] = Samples.replacing(["sig"], in: words[2], by: words[1]["sig"] ?? "")
        case "stranger":
            words[2] = Samples.replacing(["stmt", "by"], in: words[2], by: 9)
        case "another size":
            try forge.append(["v": 1, "kind": "tick", "t": .integer(forge.t)])
        default:
            let root = JSONValue.string(String(repeating: "0", count: 64))
            words = words.map { Samples.replacing(["stmt", "root"], in: $0, by: root) }
        }
        let entry = SuccessionStatement.entry(words, t: forge.t)
        #expect(throws: Contradiction.self) { try Situation(forge, entry).judged() }
    }
}
