import CanonicalJSON
import Forge
import Foundation
import Governance
import LogReader
import TestKit
import Testing
import TransparencyLog

/// A reader that begins with a snapshot of its own, and believes nothing of it that the log does
/// not claim.
@Suite struct FollowerSnapshotTests {
    private let published: TemporaryFolder
    private var forge: Forge
    private let accepted: SignedCheckpoint
    private let snapshot: JSONValue

    private static func backend(_ name: String) -> JSONValue {
        [
            "op": "apply",
            "document": [
                "kind": "Backend", "name": .string(name),
                "endpoints": [["address": "127.0.0.1", "port": 9001]],
            ],
        ]
    }

    /// A log with a `state` entry and more after it, and a reader that took all of that.
    init() async throws {
        published = try TemporaryFolder()
        forge = try Forge(founders: 4, charter: Charter.demonstration)
        try forge.enact([Self.backend("catalogue")])
        try forge.append(forge.state.stateClaim(at: forge.t))
        try forge.enact([Self.backend("shelf")])
        try forge.publish(to: published.url)
        var follower = try LogFollower(
            card: try forge.card, source: FolderSource(folder: published.url))
        _ = try await follower.follow(now: forge.t)
        accepted = try #require(follower.accepted)
        snapshot = try JSONValue(
            parsing: try #require(follower.snapshot).snapshot, form: .canonical,
            limits: .snapshot)
    }

    /// A reader with that snapshot, or another, and the indices of the entries that it takes.
    private func taken(
        _ snapshot: JSONValue, accepted: SignedCheckpoint?
    ) async throws -> (follower: LogFollower, first: Int?) {
        var follower = try LogFollower(
            card: try forge.card, source: FolderSource(folder: published.url),
            accepted: accepted, snapshot: try State(restoring: snapshot))
        var first: Int?
        _ = try await follower.follow(now: forge.t) { taken, _ in first = first ?? taken.index }
        return (follower, first)
    }

    @Test mutating func `a reader goes on where its snapshot ends`() async throws {
        let old = forge.tree.size
        try forge.enact([Self.backend("annex")])
        try forge.publish(to: published.url, from: old)
        let (follower, first) = try await taken(snapshot, accepted: accepted)
        #expect(first == (try State(restoring: snapshot)).entries + 1)
        #expect(follower.snapshotTrouble == nil)
        #expect(follower.state?.digest == forge.state.digest)
        #expect(follower.tree.root == forge.tree.root)
    }

    @Test(arguments: ["documents", "members", "voids", "entries"])
    func `a snapshot that was edited is not used, and the log is replayed`(
        part: String
    ) async throws {
        var object = try #require(snapshot["state"]?.object)
        var other = try #require(snapshot.object)
        switch part {
        case "documents":
            other["inForce"] = []
            other["documents"] = []
        case "members":
            let members = try #require(object["members"]?.array)
            object["members"] = .array(Array(members.dropLast()))
        case "voids": object["voids"] = 7
        default: object["entries"] = 3
        }
        other["state"] = .object(object)
        let (follower, first) = try await taken(.object(other), accepted: accepted)
        #expect(first == 0)
        #expect(follower.snapshotTrouble != nil)
        #expect(follower.state?.digest == forge.state.digest)
    }

    @Test func `a snapshot ahead of what was accepted is not used`() async throws {
        let (follower, first) = try await taken(snapshot, accepted: nil)
        #expect(first == 0)
        #expect(follower.snapshotTrouble != nil)
        #expect(follower.state?.digest == forge.state.digest)
    }
}
