import CanonicalJSON
import Forge
import Foundation
import Governance
import LogReader
import TestKit
import Testing
import TransparencyLog

/// An operator who holds the log's key and every file, against a gateway that follows.
///
/// What a thief of the log key can do is exactly what the operator can: sign anything.
@Suite struct DishonestOperatorTests {
    @Test(arguments: Deed.allCases)
    func `what breaks the rules is refused with its entry and changes nothing`(
        deed: Deed
    ) async throws {
        var followed = try await Followed()
        let before = try followed.accepted()
        let words = try deed.play(&followed.log.forge)
        try followed.log.publish()
        try await followed.expectRefusal(words, accepted: before)
        let frozen = try await followed.metrics().contains("commonway_log_frozen 1\n")
        // A clock goes on: what is dated ahead is looked at again.
        #expect(frozen == (deed != .clockAhead))
        try await followed.stop()
    }

    @Test(arguments: [Deed.ratificationWithoutVotes, .clockAhead, .hoardedBallot, .lateBallot])
    func `the same without the fault is served`(deed: Deed) async throws {
        var followed = try await Followed()
        try deed.control(&followed.log.forge)
        try followed.log.publish()
        try await expect(followed.gateway, status: 200, Followed.coveted)
        #expect(try await followed.metrics().contains("commonway_log_frozen 0\n"))
        try await followed.stop()
    }

    @Test(arguments: [3, 7, 10])
    func `two signed histories freeze it, with both checkpoints kept as proof`(
        honestEntries: Int
    ) async throws {
        var followed = try await Followed()
        let forked = followed.log.forge
        for _ in 0..<honestEntries { try Self.tick(&followed.log.forge) }
        let accepted = try followed.log.forge.checkpoint()
        try followed.log.publish()
        try await Self.wait(followed, toAccept: accepted)
        var other = forked
        // A ballot altered, or left out, is another history from there on.
        other.t += 1
        try other.enact(Followed.coveting)
        #expect(other.entries.count == forked.entries.count + 7)
        try followed.log.publish(other)
        try await followed.expectRefusal(
            "two signed checkpoints contradict each other",
            accepted: String(decoding: accepted.note.octets, as: UTF8.self))
        _ = try await followed.gateway.program.errors.line(containing: "frozen")
        let evidence = try Self.evidence(of: followed.log)
        #expect(evidence == [accepted, try other.checkpoint()])
        try await followed.gateway.stop()
        try await followed.start()
        _ = try await followed.gateway.program.errors.line(containing: "the log is not followed")
        #expect(try await followed.answers() == [503, 503])
        try await followed.stop()
    }

    @Test func `an earlier checkpoint changes nothing, and the later one is followed again`()
        async throws
    {
        var followed = try await Followed()
        let earlier = followed.log.forge
        try followed.log.enact([Samples.route("hall", host: "hall.example", to: "catalogue")])
        let later = followed.log.forge
        try await expect(followed.gateway, status: 200, "hall.example")
        try followed.log.publish(earlier)
        try await followed.expectRefusal(
            "an earlier checkpoint than the accepted one",
            accepted: String(decoding: try later.checkpoint().note.octets, as: UTF8.self))
        #expect(try await answeredStatus(followed.gateway, "hall.example") == 200)
        // Nor after a restart: what was accepted once bounds every later life.
        try await followed.gateway.stop()
        try await followed.start()
        _ = try await followed.gateway.program.errors.line(containing: "an earlier checkpoint")
        #expect(try await followed.answers() == [503, 503])
        try followed.log.publish(later)
        try await expect(followed.gateway, status: 200, "hall.example")
        try await followed.stop()
    }

    @Test func `a published ballot altered in the files is named at the next start`() async throws {
        var followed = try await Followed()
        let forge = followed.log.forge
        let index = try #require(
            forge.entries.lastIndex { String(decoding: $0, as: UTF8.self).contains("\"yes\"") })
        let tile = try #require(Tile.entries(index: 0, width: forge.entries.count))
        let file = URL(fileURLWithPath: followed.log.path).appendingPathComponent(tile.path)
        var entries = forge.entries
        let no = String(decoding: entries[index], as: UTF8.self).replacing(
            "\"yes\"", with: "\"no\"")
        entries[index] = Array(no.utf8)
        try await followed.gateway.stop()
        try Data(EntryBundle.encode(entries[...])).write(to: file)
        try await followed.start()
        _ = try await followed.gateway.program.errors.line(
            containing: "entry \(index): octets do not hash to its leaf")
        #expect(try await followed.answers() == [503, 503])
        try Data(EntryBundle.encode(forge.entries[...])).write(to: file)
        try await expect(followed.gateway, status: 200)
        try await followed.stop()
    }

    @Test func `other founders under the log's own key are another community`() async throws {
        var followed = try await Followed()
        let rightful = followed.log.forge
        var invented = try Forge(founders: 4, charter: Charter.demonstration, t: rightful.t)
        try invented.enact(Samples.library(port: 9) + Followed.coveting)
        try await followed.gateway.stop()
        try FileManager.default.removeItem(atPath: followed.log.state)
        try followed.log.publish(invented)
        try await followed.start()
        _ = try await followed.gateway.program.errors.line(
            containing: "another community: its founding has leaf hash")
        #expect(try await followed.answers() == [503, 503])
        try followed.log.publish(rightful)
        try await followed.gateway.stop()
        try await followed.start()
        try await expect(followed.gateway, status: 200)
        try await followed.stop()
    }

    @Test(arguments: [false, true])
    func `a remembered checkpoint forged with the log's key makes no other history served`(
        larger: Bool
    ) async throws {
        var followed = try await Followed()
        var other = followed.log.forge
        let genuine = try followed.log.forge.checkpoint()
        other = try Forge(charter: Charter.demonstration, t: other.t + 1)
        try other.enact(Samples.library(port: 9) + Followed.coveting)
        while other.entries.count < genuine.checkpoint.size + (larger ? 1 : 0) {
            try Self.tick(&other)
        }
        let file = URL(fileURLWithPath: followed.log.state + "/accepted-checkpoint")
        let forged = Data(try other.checkpoint().note.octets)
        try await followed.gateway.stop()
        try forged.write(to: file)
        try await followed.start()
        _ = try await followed.gateway.program.errors.line(
            containing: larger ? "an earlier checkpoint" : "two signed checkpoints contradict")
        #expect(try await followed.answers() == [503, 503])
        try await followed.gateway.stop()
        try Data(genuine.note.octets).write(to: file)
        try await followed.start()
        try await expect(followed.gateway, status: 200)
        #expect(try await followed.answers() == [200, 404])
        try await followed.stop()
    }

    private static func tick(_ forge: inout Forge) throws {
        try forge.append(["v": 1, "kind": "tick", "t": .integer(forge.t)])
    }

    private static func wait(
        _ followed: Followed, toAccept checkpoint: SignedCheckpoint
    ) async throws {
        let text = String(decoding: checkpoint.note.octets, as: UTF8.self)
        let accepted = try await Eventually.value(within: .seconds(30)) {
            try followed.accepted() == text ? true : nil
        }
        #expect(accepted == true)
    }

    /// The kept checkpoints, each verified with the log's key: accepted, then offered.
    private static func evidence(of log: ForgedLog) throws -> [SignedCheckpoint] {
        try FileManager.default.contentsOfDirectory(atPath: log.state).sorted()
            .filter { $0.hasPrefix("evidence-") }
            .map { name in
                let octets = try Data(contentsOf: URL(fileURLWithPath: log.state + "/" + name))
                return try SignedCheckpoint(
                    octets: Array(octets), key: log.forge.signer.verifier)
            }
    }
}
