import CanonicalJSON
import Forge
import Governance
import LogReader
import Routing
import SSHSignature
import Testing

@Suite struct FoundingTests {
    private static let t: Int64 = 1_767_225_600_000
    private static let origin = "forge.example/log"
    private static let key = "forge.example/log+00000000+AQ=="

    private static func genesis(key: String = key) -> JSONValue {
        Genesis.entry(origin: origin, key: key, charter: Charter.demonstration, t: t)
    }

    /// Founders by number and the number of their key.
    private static func founders(_ listed: [(number: Int, key: UInt8)]) throws -> JSONValue {
        Founder.entry(
            try listed.map {
                Founder(
                    number: $0.number, key: try Forge.foreignKey($0.key).publicKey,
                    handle: ContentDigest(of: [$0.key]))
            }, t: t)
    }

    /// The reason at the last entry; those before it must be applied.
    private func reason(_ entries: [JSONValue]) throws -> Contradiction.Reason? {
        var replay = Replay()
        for entry in entries.dropLast() {
            let verdict = try replay.take(try Situation(replay, entry).checked)
            #expect(verdict == .applied)
        }
        let last = try Situation(replay, try #require(entries.last)).checked
        let before = replay.state.digest
        let thrown = #expect(throws: Contradiction.self) { try replay.take(last) }
        #expect(replay.state.digest == before)
        #expect(thrown?.index == entries.count - 1)
        return thrown?.reason
    }

    @Test func `a log begins with the genesis`() throws {
        let founders = try Self.founders([(1, 1)])
        let tick: JSONValue = ["v": 1, "kind": "tick", "t": .integer(Self.t)]
        let constituted = State().constitutedClaim(at: Self.t)
        #expect(try reason([founders]) == .outOfPlace("founders"))
        #expect(try reason([tick]) == .outOfPlace("tick"))
        #expect(try reason([constituted]) == .outOfPlace("constituted"))
        #expect(try reason([State().stateClaim(at: Self.t)]) == .outOfPlace("state"))
    }

    @Test func `there is one genesis`() throws {
        #expect(try reason([Self.genesis(), Self.genesis()]) == .outOfPlace("genesis"))
    }

    @Test func `nobody is a founding of nobody`() throws {
        let constituted = State().constitutedClaim(at: Self.t)
        #expect(try reason([Self.genesis(), constituted]) == .outOfPlace("constituted"))
    }

    @Test func `nothing but founders stands between genesis and constituted`() throws {
        let before = [Self.genesis(), try Self.founders([(1, 1)])]
        let tick: JSONValue = ["v": 1, "kind": "tick", "t": .integer(Self.t)]
        let open: JSONValue = ["v": 1, "kind": "open", "t": .integer(Self.t), "proposal": 1]
        #expect(try reason(before + [tick]) == .outOfPlace("tick"))
        #expect(try reason(before + [open]) == .outOfPlace("open"))
    }

    @Test func `after the founding neither genesis nor founders have a place`() throws {
        let forge = try Forge(charter: Charter.demonstration)
        for entry in [Self.genesis(), try Self.founders([(4, 1)])] {
            var replay = forge.replay
            let checked = try Situation(forge, entry).checked
            let thrown = #expect(throws: Contradiction.self) { try replay.take(checked) }
            #expect(thrown?.reason == .outOfPlace(entry["kind"]?.string ?? ""))
        }
    }

    @Test(arguments: [
        "other.example/log+00000000+AQ==", "forge.example/logs+00000000+AQ==", "", "+",
        "forge.example/log",
    ])
    func `the log key is the origin's`(key: String) throws {
        let expected = "the log key's name is not the origin"
        #expect(try reason([Self.genesis(key: key)]) == .badFounding(expected))
    }

    @Test func `the founders' numbers run on from 1, also over entries`() throws {
        let genesis = Self.genesis()
        let first = try Self.founders([(1, 1), (2, 2)])
        let cases: [([(number: Int, key: UInt8)], String)] = [
            ([(2, 3)], "founder 2 where 3 comes next"), ([(4, 3)], "founder 4 where 3 comes next"),
            ([(3, 3), (3, 4)], "founder 3 where 4 comes next"),
            ([(3, 3), (5, 4)], "founder 5 where 4 comes next"),
        ]
        for (listed, why) in cases {
            #expect(
                try reason([genesis, first, try Self.founders(listed)]) == .badFounding(why))
        }
        let fromTwo = try Self.founders([(2, 1)])
        #expect(try reason([genesis, fromTwo]) == .badFounding("founder 2 where 1 comes next"))
    }

    @Test func `a key founds one member only, also over entries`() throws {
        let genesis = Self.genesis()
        let twice = try Self.founders([(1, 1), (2, 1)])
        #expect(try reason([genesis, twice]) == .badFounding("founder 2's key is another's"))
        let first = try Self.founders([(1, 1)])
        let again = try Self.founders([(2, 1)])
        #expect(
            try reason([genesis, first, again]) == .badFounding("founder 2's key is another's"))
    }

    @Test func `constituted covers every entry before it`() throws {
        let forge = try Forge(founders: 150, charter: Charter.demonstration, joined: 0)
        #expect(forge.entries.count == 4)
        let leaves = forge.entries.dropLast().flatMap { ContentDigest(of: [0] + $0).octets }
        #expect(forge.state.constitution?.digest == ContentDigest(of: leaves))
        #expect(forge.state.constitution?.founders == 150)
        #expect(!forge.state.hasBegun)
    }
}
