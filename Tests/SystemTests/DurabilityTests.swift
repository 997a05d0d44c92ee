import CanonicalJSON
import Foundation
import Governance
import LogReader
import Synchronization
import TestKit
import Testing
import TransparencyLog

/// Every acknowledged ballot survives kills and losses of power.
@Suite struct DurabilityTests {
    private static let members = 20
    private static let ballotsEach = 10
    private static let killsMax = 6
    /// Acknowledged ballots between two kills, at most twice that: six stretches end below 200.
    private static let stretch = 25

    @Test func `every acknowledged ballot survives kills at random points`() async throws {
        try await castThroughCrashes(withPowerLoss: false)
    }

    @Test func `every acknowledged ballot survives losses of power at random points`() async throws
    {
        try await castThroughCrashes(withPowerLoss: true)
    }

    private func castThroughCrashes(withPowerLoss: Bool) async throws {
        let community = try await Community(
            founders: Self.members, charter: BallotTests.slowCharter)
        let power =
            withPowerLoss
            ? try await PowerLoss(of: community.data.path, within: community.folder) : nil
        var council = try await Served.council(
            of: community, environment: power?.environment ?? [:])
        let address = council.address
        let citizens = try await Citizen.joinAll(community, at: address)
        let proposal = try await citizens[0].propose(Samples.library(port: 9))
        for citizen in citizens[1...2] { try await sponsor(proposal, by: citizen) }
        try await citizens[0].wait(proposal, until: "voting")
        let members = try await citizens[0].ballot(proposal, "abstain")
        let count = AcknowledgedCount()
        let posting = Task {
            try await withThrowingTaskGroup(of: [String].self) { group in
                for citizen in citizens {
                    group.addTask { try await Self.castAll(citizen, members, counting: count) }
                }
                return try await group.reduce(into: [String]()) { $0 += $1 }
            }
        }
        var seen: [Checkpoint] = []
        var generator = SeededGenerator(seed: withPowerLoss ? 2 : 1)
        for kill in 0..<Self.killsMax {
            // Somewhere in the kill's own stretch of the ballots, and always before the last one.
            let point = kill * Self.stretch + Int.random(in: 1...Self.stretch, using: &generator)
            let reached = try await Eventually.value(within: .seconds(60), pause: .milliseconds(1))
            {
                count.value >= point ? count.value : nil
            }
            #expect(try #require(reached) < Self.members * Self.ballotsEach)
            try await council.kill()
            try await power?.strike()
            seen.append(try checkpoint(of: community))
            council = try await Served.council(
                of: community, environment: power?.environment ?? [:], at: address)
        }
        let acknowledged = try await posting.value
        #expect(acknowledged.count == Self.members * Self.ballotsEach)
        try await council.stop()
        try await power?.strike()
        let entries = try await auditedEntries(of: community, prefixesOf: seen)
        let logged = Set(entries)
        for hash in acknowledged { #expect(logged.contains(hash)) }
    }

    private func sponsor(_ proposal: Int64, by citizen: Citizen) async throws {
        let read = try await citizen.api.call("GET", "/proposals/\(proposal)")
        try await citizen.hand(
            citizen.statement(
                "sponsor",
                ["proposal": .integer(proposal), "payload": read.json["payload"] ?? .bool(false)]))
    }

    /// Casts a member's ballots one after the other; an answer that never came is asked for again
    /// with the same statement.
    ///
    /// - Returns: The hashes acknowledged.
    private static func castAll(
        _ citizen: Citizen, _ members: [String: JSONValue], counting count: AcknowledgedCount
    ) async throws -> [String] {
        var acknowledged: [String] = []
        for _ in 0..<ballotsEach {
            var ballot = members
            ballot["replaces"] = acknowledged.last.map { .string($0) }
            let request = try citizen.request(citizen.statement("ballot", ballot))
            let hash = try await Eventually.value(within: .seconds(120)) { () -> String? in
                guard let answer = try? await citizen.api.call("POST", "/statements", request)
                else { return nil }
                if answer.status >= 500 { return nil }
                guard answer.status <= 201 else {
                    throw Failure("\(answer.status) \(answer.json.canonicalText)")
                }
                return answer.json["hash"]?.string
            }
            acknowledged.append(try #require(hash))
            count.add()
        }
        return acknowledged
    }

    private func checkpoint(of community: Community) throws -> Checkpoint {
        let file = community.log.appendingPathComponent("checkpoint")
        return try Checkpoint(text: SignedNote(octets: Array(Data(contentsOf: file))).text)
    }

    /// Follows the published log, and checks that every checkpoint seen before is one of its past.
    ///
    /// - Returns: The hashes of the statements in it.
    private func auditedEntries(
        of community: Community, prefixesOf seen: [Checkpoint]
    ) async throws -> [String] {
        let card = try CommunityCard(
            octets: Array(Data(contentsOf: URL(fileURLWithPath: community.card))))
        let source = FolderSource(folder: community.log)
        var follower = try LogFollower(card: card, source: source)
        _ = try await follower.follow(now: Community.now)
        let fetcher = LogFetcher(source: source, key: try VerifierKey(text: card.key))
        var advance = try #require(try await fetcher.advance(from: nil, entriesFrom: 0))
        var tree = MerkleTree()
        var hashes: [String] = []
        while let batch = try await advance.nextBatch() {
            for octets in batch.entries {
                tree.append(Digest.leaf(octets))
                let entry = try JSONValue(parsing: octets, form: .canonical)
                if let stmt = entry["stmt"] {
                    hashes.append(Digest(hashing: stmt.canonicalOctets).hex)
                }
            }
        }
        for checkpoint in seen {
            #expect(try tree.root(atSize: checkpoint.size) == checkpoint.root)
        }
        return hashes
    }
}

/// How many ballots were acknowledged so far.
private final class AcknowledgedCount: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .relaxed) }

    func add() { number.add(1, ordering: .relaxed) }
}
