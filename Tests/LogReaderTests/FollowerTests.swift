import CanonicalJSON
import Forge
import Foundation
import Governance
import LogReader
import Routing
import SSHSignature
import TestKit
import Testing
import TransparencyLog

/// How gateways and auditors come to a state, over the files of a forged log.
@Suite struct FollowerTests {
    private static let operations: [JSONValue] = [
        [
            "op": "apply",
            "document": [
                "kind": "Backend", "name": "catalogue",
                "endpoints": [["address": "127.0.0.1", "port": 9001]],
            ],
        ]
    ]

    let published: TemporaryFolder
    var forge: Forge

    init() throws {
        published = try TemporaryFolder()
        forge = try Forge(founders: 4, charter: Charter.demonstration)
    }

    /// A follower of the published folder, by this log's card unless another is given.
    func follower(
        _ card: CommunityCard? = nil, accepted: SignedCheckpoint? = nil
    ) throws -> LogFollower {
        try LogFollower(
            card: try card ?? forge.card, source: FolderSource(folder: published.url),
            accepted: accepted)
    }

    /// A follower that has accepted the log as it stands.
    func caughtUp() async throws -> LogFollower {
        try forge.publish(to: published.url)
        var follower = try follower()
        _ = try await follower.follow(now: forge.t)
        return follower
    }

    /// The fault of one more look, after which the follower must hold what it held before.
    func fault(_ follower: inout LogFollower, now: Int64) async -> FollowFault? {
        let (accepted, digest) = (follower.accepted, follower.state?.digest)
        do {
            _ = try await follower.follow(now: now)
            return nil
        } catch {
            #expect(follower.accepted == accepted)
            #expect(follower.state?.digest == digest)
            return error
        }
    }

    /// Opens a vote on the operations and goes on to the instant of its close.
    private func dueClose() throws -> Forge {
        var forge = forge
        let number = try forge.propose(Self.operations, by: 1)
        try forge.advance(to: forge.t + 1000)
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        forge.t += 4000
        return forge
    }

    @Test mutating func `a log is taken in, and what grows after`() async throws {
        try forge.publish(to: published.url)
        var follower = try follower()
        #expect(follower.state == nil)
        #expect(try await follower.follow(now: forge.t))
        #expect(follower.state?.digest == forge.state.digest)
        #expect(try await !follower.follow(now: forge.t))
        let before = forge.tree.size
        try forge.enact(Self.operations)
        try forge.publish(to: published.url, from: before)
        #expect(try await follower.follow(now: forge.t))
        #expect(follower.state?.digest == forge.state.digest)
        #expect(follower.state?.documents == forge.state.documents)
        #expect(follower.position == forge.entries.count)
        #expect(follower.accepted == (try forge.checkpoint()))
    }

    @Test mutating func `a log longer than a bundle is taken in from any size`() async throws {
        var followers: [LogFollower] = []
        var before = 0
        for size in [20, 255, 256, 257, 300] {
            while forge.entries.count < size {
                try forge.append(["v": 1, "kind": "tick", "t": .integer(forge.t)])
            }
            try forge.publish(to: published.url, from: before)
            before = forge.tree.size
            followers.append(try follower())
            for index in followers.indices {
                #expect(try await followers[index].follow(now: forge.t))
                #expect(followers[index].state?.digest == forge.state.digest)
            }
        }
    }

    @Test func `where nothing is published there is no state yet`() async throws {
        var follower = try follower()
        let fault = await fault(&follower, now: forge.t)
        guard case .nothingPublished = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(fault?.isPassing == true)
        try forge.publish(to: published.url)
        #expect(try await follower.follow(now: forge.t))
    }

    @Test func `a log under another key is refused`() async throws {
        try forge.publish(to: published.url)
        let other = try SignerKey(
            name: forge.signer.verifier.name, seed: [UInt8](repeating: 7, count: 32))
        let constituted = try forge.card.constituted
        var follower = try follower(
            CommunityCard(
                origin: other.verifier.name, key: other.verifier.text, constituted: constituted))
        guard case .fetch(.checkpoint) = await fault(&follower, now: forge.t) else {
            Issue.record("the checkpoint was taken")
            return
        }
    }

    @Test func `another founding under the same key is refused, also after a while`() async throws {
        let other = try Forge(founders: 5, charter: Charter.demonstration)
        try other.publish(to: published.url)
        var follower = try follower()
        let expected = try forge.card.constituted
        let found = try other.card.constituted
        for _ in 1...2 {
            guard
                case .otherFounding(expected, found)? = await fault(&follower, now: forge.t)
            else {
                Issue.record("the other founding was taken")
                return
            }
        }
        #expect(follower.state == nil)
        try FileManager.default.removeItem(at: published.url)
        try forge.publish(to: published.url)
        #expect(try await follower.follow(now: forge.t))
        #expect(follower.state?.digest == forge.state.digest)
    }

    @Test func `a log without its whole founding serves nothing`() async throws {
        var begun = forge
        begun = try Forge(founders: 4, charter: Charter.demonstration, joined: 0)
        let entries = begun.entries.dropLast()
        try publish(Array(entries))
        var follower = try follower()
        guard case .notConstituted = await fault(&follower, now: forge.t) else {
            Issue.record("half a founding was taken")
            return
        }
        try begun.publish(to: published.url)
        #expect(try await follower.follow(now: forge.t))
    }

    @Test mutating func `an entry dated ahead waits for the clock`() async throws {
        var follower = try await caughtUp()
        let now = forge.t
        forge.t += LogFollower.aheadMax + 1
        try forge.append(["v": 1, "kind": "tick", "t": .integer(forge.t)])
        try forge.publish(to: published.url)
        let index = forge.entries.count - 1
        for _ in 1...2 {
            let fault = await fault(&follower, now: now)
            guard case .future(index, forge.t, now)? = fault else {
                Issue.record("\(String(describing: fault))")
                return
            }
            #expect(fault?.isPassing == true)
            #expect(fault?.description.contains("entry \(index)") == true)
        }
        #expect(try await follower.follow(now: now + 1))
        #expect(follower.state?.digest == forge.state.digest)
    }

    @Test(arguments: ["tick", "ballot", "state"])
    func `a council that leaves out a due close is named with its entry`(
        kind: String
    ) async throws {
        var follower = try await caughtUp()
        var dishonest = try dueClose()
        let index = dishonest.entries.count
        let entry: JSONValue =
            switch kind {
            case "ballot":
                try dishonest.entry(
                    logging: dishonest.statement(
                        "ballot", by: 4, dishonest.ballotMembers(1, by: 4, "no")),
                    signedBy: dishonest.keys[3])
            case "state": dishonest.state.stateClaim(at: dishonest.t)
            default: ["v": 1, "kind": "tick", "t": .integer(dishonest.t)]
            }
        dishonest.appendUnchecked(entry.canonicalOctets)
        try dishonest.publish(to: published.url)
        for _ in 1...2 {
            let fault = await fault(&follower, now: dishonest.t)
            guard case .contradiction(let contradiction)? = fault else {
                Issue.record("\(String(describing: fault))")
                return
            }
            #expect(contradiction.index == index)
            let words = "entry \(index): overdue: close 1"
            #expect(fault?.description.hasPrefix(words) == true)
            #expect(fault?.isPassing == false)
        }
    }

    @Test(arguments: ["", "{}", "{\"v\":1}", "not JSON", "{\"kind\":\"veto\",\"t\":1,\"v\":1}"])
    func `what is no entry is a contradiction with its index`(text: String) async throws {
        var follower = try await caughtUp()
        var dishonest = forge
        dishonest.appendUnchecked(Array(text.utf8))
        try dishonest.publish(to: published.url)
        guard case .contradiction(let found)? = await fault(&follower, now: forge.t),
            case .unreadable = found.reason
        else {
            Issue.record("\(text) was taken")
            return
        }
        #expect(found.index == forge.entries.count)
    }

    @Test func `a wrong claim is named with member and entry`() async throws {
        var follower = try await caughtUp()
        var dishonest = try dueClose()
        let due = try #require(dishonest.state.firstDue(at: dishonest.t))
        var claim = try #require(dishonest.state.claim(for: due, at: dishonest.t).object)
        claim["yes"] = 4
        let index = dishonest.entries.count
        dishonest.appendUnchecked(JSONValue.object(claim).canonicalOctets)
        try dishonest.publish(to: published.url)
        let fault = await fault(&follower, now: dishonest.t)
        #expect(
            fault?.description == "entry \(index): claims yes 4, but the rules give 3")
    }

    @Test mutating func `an altered octet anywhere in the files is named`() async throws {
        try forge.enact(Self.operations)
        try forge.publish(to: published.url)
        let folder = published.url
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix("checkpoint") || $0.contains(".p/")
        }
        #expect(files.count == 3)
        for name in files {
            let file = folder.appendingPathComponent(name)
            let octets = Array(try Data(contentsOf: file))
            let step = octets.count < 1024 ? 1 : 41
            for place in stride(from: 0, to: octets.count, by: step) {
                try Data(octets.flipping(bit: place * 8 + place % 8)).write(to: file)
                var follower = try follower()
                let fault = await fault(&follower, now: forge.t)
                guard case .fetch(let error)? = fault else {
                    Issue.record("octet \(place) of \(name): \(String(describing: fault))")
                    continue
                }
                #expect(Self.names(error, name), "octet \(place) of \(name): \(error)")
            }
            try Data(octets).write(to: file)
        }
        var follower = try follower()
        #expect(try await follower.follow(now: forge.t))
    }

    /// Whether an error leads to the altered file: the entry, the tile or the checkpoint.
    private static func names(_ error: LogFetchError, _ file: String) -> Bool {
        switch error {
        case .wrongEntry, .wrongTile, .tile: file.hasPrefix("tile/")
        case .wrongRoot: file.hasPrefix("tile/0/")
        case .checkpoint: file == "checkpoint"
        case .source, .missing, .rollback, .fork, .tooFewWitnesses, .startsBeyondEnd: false
        }
    }

    @Test mutating func `an altered entry is named by its index`() async throws {
        try forge.enact(Self.operations)
        try forge.publish(to: published.url)
        let width = forge.tree.size
        let tile = try #require(Tile.entries(index: 0, width: width))
        let file = published.url.appendingPathComponent(tile.path)
        for index in forge.entries.indices {
            var entries = forge.entries
            entries[index][entries[index].count / 2] ^= 1
            try Data(try EntryBundle.encode(entries[...])).write(to: file)
            var follower = try follower()
            guard case .fetch(.wrongEntry(index, _))? = await fault(&follower, now: forge.t) else {
                Issue.record("entry \(index) was not named")
                continue
            }
        }
    }

    /// Publishes some of this community's entries under its key.
    private func publish(_ entries: [[UInt8]]) throws {
        var tree = MerkleTree()
        for octets in entries { tree.append(Digest.leaf(octets)) }
        for tile in Tile.needed(from: 0, to: tree.size) {
            let octets =
                if case .hashes = tile.content {
                    try tree.octets(of: tile)
                } else {
                    try EntryBundle.encode(entries[...])
                }
            try published.write(octets, to: tile.path)
        }
        let checkpoint = Checkpoint(
            origin: forge.signer.verifier.name, size: tree.size, root: tree.root)
        try published.write(
            try checkpoint.signed(by: forge.signer).note.octets, to: Checkpoint.path)
    }
}
