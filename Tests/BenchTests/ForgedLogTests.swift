import CanonicalJSON
import Forge
import Foundation
import Governance
import LogReader
import Routing
import TestKit
import Testing

@testable import Bench

/// The logs that figures are taken from, read as a gateway or an auditor reads them.
@Suite struct `Logs of the bench` {
    private let place: TemporaryFolder

    init() throws { place = try TemporaryFolder() }

    /// Follows a log to its end.
    private func state(of log: PublishedLog) async throws -> State {
        let octets = try Data(contentsOf: log.card)
        var follower = try LogFollower(
            card: CommunityCard(octets: octets), source: FolderSource(folder: log.folder))
        _ = try await follower.follow(now: .max - LogFollower.aheadMax)
        return try #require(follower.state)
    }

    @Test func `a mixed log holds, and has what was asked for`() async throws {
        let size = MixedLog.Size(entries: 700, enactments: 20, routes: 40, members: 30)
        let mixed = try MixedLog(size, backendPort: 9)
        let state = try await state(of: PublishedLog(mixed.forge, in: place.url))
        #expect(state.digest == mixed.forge.state.digest)
        #expect(state.documents.documents.count == 41)
        // The backend, and ten routes a proposal.
        #expect(mixed.enactments == 1 + 4 + 20)
        #expect(state.proposals.allSatisfy { $0.status == .enacted || $0.status == .superseded })
        #expect(abs(state.entries - size.entries) < size.entries / 10)
        #expect(state.voids == 0)
    }

    @Test func `the ballots that are counted are ballots`() throws {
        let size = MixedLog.Size(entries: 300, enactments: 8, routes: 10, members: 12)
        let mixed = try MixedLog(size, backendPort: 9)
        let acts = try mixed.ballots.map {
            try CheckedEntry(octets: mixed.forge.entries[$0]).signatures?.signed.statement.act.name
        }
        #expect(!acts.isEmpty)
        #expect(acts.allSatisfy { $0 == "ballot" })
    }

    @Test func `a mixed log has a state entry every thousand entries or so`() throws {
        let size = MixedLog.Size(entries: 2_600, enactments: 50, routes: 20, members: 30)
        let mixed = try MixedLog(size, backendPort: 9)
        let kinds = try mixed.forge.entries.map { try Entry(octets: $0).value["kind"]?.string }
        #expect(kinds.count { $0 == "state" } == mixed.forge.entries.count / 1_000)
    }

    @Test func `each ballot of a box would be taken`() throws {
        let box = try BallotBox(BallotBox.Size(members: 9, votes: 3))
        #expect(box.bodies.count == 27)
        let refusals = try box.bodies.map { body in
            var reader = try ObjectReader(JSONValue(parsing: body, form: .canonical))
            let check = SignatureCheck(verifying: try SignedStatement(&reader))
            return box.forge.replay.refusal(of: CheckedEntry(logging: check, t: box.forge.t))
        }
        #expect(refusals.allSatisfy { $0 == nil })
    }

    @Test func `a large community's log holds, with more founders than an octet counts`()
        async throws
    {
        let log = try LargeLog(LargeLog.Size(members: 300, ballots: 60))
        let state = try await state(of: PublishedLog(log.forge, in: place.url))
        #expect(state.members.count == 300)
        #expect(state.electorCount(at: state.t) == 300)
        let vote = try #require(state.proposal(1)?.vote)
        #expect(vote.tally.yes == 48 && vote.tally.no == 12)
    }

    @Test func `following a log is timed over all its entries`() throws {
        let log = try LargeLog(LargeLog.Size(members: 12, ballots: 12))
        let times = try ReplayTimes(
            of: PublishedLog(log.forge, in: place.url), entries: log.forge.entries)
        #expect(times.entries == log.forge.entries.count)
        #expect(times.wholeMs > 0 && times.verifyingMs > 0)
    }
}
