import CanonicalJSON
import Forge
import Foundation
import Governance
import LogReader
import TestKit
import Testing
import TransparencyLog

/// Whose cosignatures readers ask for, and what they do without them.
@Suite struct WitnessPolicyTests {
    private static let time = 1_767_225_600

    private let published: TemporaryFolder
    private var forge: Forge
    private let signers: [WitnessSigner]

    init() throws {
        published = try TemporaryFolder()
        forge = try Forge(founders: 3, charter: Charter.demonstration)
        signers = try (1...3).map {
            try WitnessSigner(
                name: "w\($0).example", seed: [UInt8](repeating: UInt8(100 + $0), count: 32))
        }
    }

    private func card(
        _ threshold: Int, _ tooFew: WitnessPolicy.TooFew = .wait
    ) throws -> CommunityCard {
        let plain = try forge.card
        return CommunityCard(
            origin: plain.origin, key: plain.key, constituted: plain.constituted,
            witnesses: try WitnessPolicy(
                keys: signers.map(\.witness), threshold: threshold, tooFew: tooFew))
    }

    private func follower(_ card: CommunityCard) throws -> LogFollower {
        try LogFollower(card: card, source: FolderSource(folder: published.url))
    }

    /// Publishes the log as it stands, cosigned by some of the witnesses.
    private func publish(cosignedBy places: [Int], time: Int = Self.time) throws {
        try publish(cosignedBy: places, times: places.map { _ in time })
    }

    private func publish(cosignedBy places: [Int], times: [Int]) throws {
        try forge.publish(to: published.url)
        let checkpoint = try forge.checkpoint()
        let lines = try zip(places, times).map { try signers[$0].cosign(checkpoint, time: $1) }
        let note = checkpoint.cosigned(keeping: [forge.signer.verifier], lines).note
        try published.write(note.octets, to: Checkpoint.path)
    }

    @Test func `a card with a policy comes back`() throws {
        for tooFew in WitnessPolicy.TooFew.allCases {
            let card = try card(2, tooFew)
            #expect(try CommunityCard(octets: card.value.canonicalOctets) == card)
        }
        let plain = try forge.card
        #expect(plain.value["witnesses"] == ["keys": [], "threshold": 0])
        #expect(try CommunityCard(octets: plain.value.canonicalOctets) == plain)
    }

    @Test func `without tooFew readers wait`() throws {
        var object = try #require(try card(2, .serve).value.object)
        var policy = try #require(object["witnesses"]?.object)
        policy["tooFew"] = nil
        object["witnesses"] = .object(policy)
        let read = try CommunityCard(octets: JSONValue.object(object).canonicalOctets)
        #expect(read.witnesses.tooFew == .wait)
    }

    @Test(
        arguments: [
            ("threshold", 0), ("threshold", 4), ("threshold", "2"), ("tooFew", "never"),
            ("keys", ["w.example+00000000+AAAA"]), ("keys", [1]), ("more", true),
        ] as [(String, JSONValue)])
    func `a policy that cannot be one is refused with its place`(
        member: String, value: JSONValue
    ) throws {
        var object = try #require(try card(2).value.object)
        var policy = try #require(object["witnesses"]?.object)
        policy[member] = value
        object["witnesses"] = .object(policy)
        let fault = #expect(throws: CardFault.self) {
            try CommunityCard(octets: JSONValue.object(object).canonicalOctets)
        }
        #expect(fault?.reason.hasPrefix("/witnesses/\(member)") == true, "\(fault?.reason ?? "")")
    }

    @Test func `one key under two names, two keys of one name and the log's own are refused`()
        throws
    {
        let key = signers[0].witness
        let twin = try WitnessKey(name: "other.example", ed25519: key.octets)
        #expect(throws: WitnessPolicyFault.sameKey("w1.example", "other.example")) {
            try WitnessPolicy(keys: [key, twin], threshold: 1)
        }
        let namesake = try WitnessKey(name: key.name, ed25519: signers[1].witness.octets)
        #expect(throws: WitnessPolicyFault.sameName("w1.example")) {
            try WitnessPolicy(keys: [key, namesake], threshold: 1)
        }
        let plain = try forge.card
        let own = try WitnessKey(
            name: "own.example", ed25519: forge.signer.verifier.octets)
        let card = CommunityCard(
            origin: plain.origin, key: plain.key, constituted: plain.constituted,
            witnesses: try WitnessPolicy(keys: [own], threshold: 1))
        #expect(throws: CardFault.self) { try CommunityCard(octets: card.value.canonicalOctets) }
    }

    @Test(arguments: [[0, 1], [1, 2], [0, 1, 2]])
    func `a checkpoint that enough cosigned is taken, whoever they are`(places: [Int]) async throws
    {
        try publish(cosignedBy: places)
        var follower = try follower(try card(2))
        #expect(try await follower.follow(now: forge.t))
        #expect(follower.cosignatures.map(\.key) == places.map { signers[$0].witness })
    }

    @Test func `one that fewer cosigned is waited for, and taken once enough have`() async throws {
        try publish(cosignedBy: [1])
        var follower = try follower(try card(2))
        let fault = await #expect(throws: FollowFault.self) {
            try await follower.follow(now: forge.t)
        }
        #expect(fault?.isPassing == true)
        #expect(
            fault.map { "\($0)" }
                == "the checkpoint of \(forge.entries.count) entries is cosigned by 1 of the 2 "
                + "witnesses that the community card asks for: w2.example")
        #expect(follower.state == nil)
        try publish(cosignedBy: [1, 2])
        #expect(try await follower.follow(now: forge.t))
        #expect(follower.state != nil)
    }

    @Test func `a card that says so lets readers go on without enough`() async throws {
        try publish(cosignedBy: [])
        var follower = try follower(try card(2, .serve))
        #expect(try await follower.follow(now: forge.t))
        #expect(follower.cosignatures.isEmpty)
        let state = try #require(follower.state)
        let report = WitnessReport(
            policy: follower.witnesses, cosignatures: follower.cosignatures, state: state)
        #expect(!report.isEnough)
        #expect(report.value["cosigned"] == [])
    }

    @Test func `the log's own line does not count, nor a stranger's, nor one witness twice`()
        async throws
    {
        try forge.publish(to: published.url)
        let checkpoint = try forge.checkpoint()
        let stranger = try WitnessSigner(
            name: "w2.example", seed: [UInt8](repeating: 9, count: 32))
        let lines = [
            try signers[0].cosign(checkpoint, time: 5), try signers[0].cosign(checkpoint, time: 6),
            try stranger.cosign(checkpoint, time: 7),
        ]
        let note = checkpoint.cosigned(keeping: [forge.signer.verifier], lines).note
        try published.write(note.octets, to: Checkpoint.path)
        var follower = try follower(try card(2))
        await #expect(throws: FollowFault.self) { try await follower.follow(now: forge.t) }
    }

    @Test func `a bad line by a witness refuses the checkpoint, even where readers need none`()
        async throws
    {
        try forge.publish(to: published.url)
        let checkpoint = try forge.checkpoint()
        let other = try Checkpoint(origin: forge.signer.verifier.name, size: 1, root: .emptyTree)
            .signed(by: forge.signer)
        let lines = [
            try signers[0].cosign(checkpoint, time: 5), try signers[1].cosign(checkpoint, time: 5),
            try signers[2].cosign(other, time: 5),
        ]
        let note = checkpoint.cosigned(keeping: [forge.signer.verifier], lines).note
        try published.write(note.octets, to: Checkpoint.path)
        for tooFew in WitnessPolicy.TooFew.allCases {
            var follower = try follower(try card(2, tooFew))
            await #expect(throws: FollowFault.self) { try await follower.follow(now: forge.t) }
        }
    }

    @Test func `a fork is proof of misconduct, cosigned or not`() async throws {
        try publish(cosignedBy: [0, 1])
        var follower = try follower(try card(2))
        _ = try await follower.follow(now: forge.t)
        var other = try Forge(founders: 3, charter: Charter.demonstration, joined: 2)
        other.t += 1
        try other.join(3)
        try other.publish(to: published.url)
        let fault = await #expect(throws: FollowFault.self) {
            try await follower.follow(now: forge.t)
        }
        #expect(fault?.isPassing == false)
    }

    @Test mutating func `a clock that is held back or runs ahead is seen in the witnesses' times`()
        async throws
    {
        let proposal: [JSONValue] = [
            [
                "op": "apply",
                "document": [
                    "kind": "Backend", "name": "catalogue",
                    "endpoints": [["address": "127.0.0.1", "port": 9001]],
                ],
            ]
        ]
        try forge.propose(proposal, by: 1)
        let (t, owed) = (forge.t, forge.state.quietUntil)
        func trouble(at milliseconds: Int64) async throws -> String? {
            try publish(cosignedBy: [0, 1], time: Int(milliseconds / 1000))
            var follower = try follower(try card(2))
            _ = try await follower.follow(now: t)
            return WitnessReport(
                policy: follower.witnesses, cosignatures: follower.cosignatures,
                state: try #require(follower.state)
            ).clockTrouble
        }
        #expect(try await trouble(at: t) == nil)
        #expect(try await trouble(at: owed + 50_000) == nil)
        #expect(try await trouble(at: owed + 70_000)?.contains("held back") == true)
        #expect(try await trouble(at: t - 50_000) == nil)
        // The clock of one witness alone says nothing.
        try publish(cosignedBy: [0, 1], times: [Int(t / 1000), Int(owed / 1000 + 3_600)])
        var reader = try follower(try card(2))
        _ = try await reader.follow(now: t)
        let report = WitnessReport(
            policy: reader.witnesses, cosignatures: reader.cosignatures,
            state: try #require(reader.state))
        #expect(report.clockTrouble == nil)
        #expect(report.behind == 0)
        #expect(try await trouble(at: t - 70_000)?.contains("after its witnesses' clocks") == true)
    }
}
