import CanonicalJSON
import Foundation
import Governance
import TestKit
import Testing

/// `/api/v1/events` of the built program, read by curl.
@Suite struct EventStreamTests {
    private func curl(
        _ council: Served, _ query: String, lastSeen: String? = nil
    ) throws -> RunningProgram {
        let field = lastSeen.map { ["-H", "Last-Event-ID: \($0)"] } ?? []
        return try RunningProgram(
            "curl", ["-sN"] + field + ["http://\(council.address)/api/v1/events\(query)"])
    }

    private func ids(_ program: RunningProgram) -> [Int] {
        program.output.text.split(separator: "\n").filter { $0.hasPrefix("id: ") }
            .compactMap { Int($0.dropFirst(4)) }
    }

    @Test func `a client goes on where it was over a crash of the council`() async throws {
        let community = try await Community(charter: BallotTests.slowCharter)
        let council = try await Served.council(of: community)
        let first = try curl(council, "?after=-1")
        let citizens = try await Citizen.joinAll(community, at: council.address)
        _ = try await first.output.line(containing: "\"act\":\"join\",\"by\":3")
        let told = ids(first)
        #expect(told == Array(0..<told.count))
        try await council.kill()
        let again = try await Served.council(of: community, at: council.address)
        _ = try await citizens[0].propose(Samples.library(port: 9))
        let last = try #require(told.last)
        let second = try curl(again, "?after=-1", lastSeen: "\(last)")
        _ = try await second.output.line(containing: "\"act\":\"propose\"")
        #expect(ids(second).first == last + 1)
        for client in [first, second] { client.send(SIGTERM) }
        try await again.stop()
    }

    @Test func `a client that reads slowly misses no entry and holds nobody up`() async throws {
        let community = try await Community(founders: 20, charter: BallotTests.slowCharter)
        let council = try await Served.council(of: community)
        let slow = try RunningProgram(
            "curl",
            [
                "-sN", "--limit-rate", "1k", "http://\(council.address)/api/v1/events?after=-1",
            ])
        let citizens = try await Citizen.joinAll(community, at: council.address)
        let proposal = try await citizens[0].propose(Samples.library(port: 9))
        let quick = try curl(council, "?after=-1")
        _ = try await quick.output.line(containing: "\"act\":\"propose\"")
        #expect(proposal == 1)
        _ = try await slow.output.line(containing: "\"act\":\"propose\"")
        #expect(ids(slow) == Array(0..<ids(slow).count))
        for client in [slow, quick] { client.send(SIGTERM) }
        try await council.stop()
    }
}
