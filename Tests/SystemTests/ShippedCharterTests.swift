import CanonicalJSON
import Foundation
import SSHSignature
import TestKit
import Testing

/// The charter that ships, with its days and weeks, through the built program: every heartbeat of
/// a month, and then an operator who stays away. The reducer has no say in what is expected here.
@Suite struct ShippedCharterTests {
    /// The proposals of the month.
    private struct Agenda {
        var library = ""
        var unsponsored = ""
        var charter = ""
        var admission = ""
        var hall = ""
        var shelf = ""
        var motion = ""
        var annex = ""
        var meeting = ""
        var outing = ""
    }

    private static let founders = 7

    @Test func `thirty days and an absence: each transition at its instant, each vote as counted`()
        async throws
    {
        let echo = try await Served.echo("catalogue")
        let month = try await Month(founders: Self.founders)
        var agenda = Agenda()
        try await firstDay(month, &agenda, echo.port)
        try await firstWeek(month, agenda)
        try await secondWeek(month, &agenda)
        try await thirdWeek(month, &agenda)
        try await lastWeek(month, &agenda)
        let entries = try await month.entries()
        expectHeartbeats(of: month, entries)
        try await absences(month, agenda)
        try await expectServed(month)
        try await month.stop()
        try await echo.stop()
    }

    /// Hour 0: a sensitive change, one that nobody sponsors, the charter, a newcomer.
    private func firstDay(_ month: Month, _ agenda: inout Agenda, _ port: Int64) async throws {
        let folder = month.community.folder
        let library = Samples.library(port: port)
        let files = try library.enumerated().map { index, operation in
            try folder.write(operation.canonicalOctets, to: "library-\(index).json")
        }
        agenda.library = try await month.propose(
            by: 1, sponsors: [2], "-f", files[0], "-f", files[1])
        agenda.unsponsored = try await month.propose(by: 2, "--motion", "A motto, perhaps.")
        let charter = Samples.replacing(
            ["limits", "remarksPerMember"], in: try await charterInForce(month), by: 4)
        let charterFile = try folder.write(charter.canonicalOctets, to: "charter-new.json")
        agenda.charter = try await month.propose(by: 3, sponsors: [4], "--charter", charterFile)
        let zoe = Self.zoe(month)
        let applied = try await zoe.run(
            "apply", "zoe", "--community", month.community.card, "--key", try zoe.keyFile(), "-o",
            folder.path("zoe.json"))
        #expect(applied.ending == .exited(0), "\(applied.errorText)")
        agenda.admission = try await month.propose(
            by: 4, sponsors: [5], "--admit", folder.path("zoe.json"))
    }

    private func charterInForce(_ month: Month) async throws -> JSONValue {
        try #require(try await month.get("/community")["charter"])
    }

    private static func zoe(_ month: Month) -> Person {
        let seed = [UInt8](repeating: 99, count: PrivateKey.seedOctets)
        guard let key = try? PrivateKey(seed: seed) else { preconditionFailure("a seed is a key") }
        return Person(
            community: month.community, newcomer: "zoe", key: key, clock: month.clock)
    }

    /// Two days of discussion, then votes; all say yes to the newcomer, who comes at once.
    private func firstWeek(_ month: Month, _ agenda: Agenda) async throws {
        try await month.go(to: 47.h)
        #expect(try await month.passage(agenda.library) == Passage(status: "discussion"))
        try await month.go(to: 50.h)
        try await month.vote(agenda.admission, yes: Array(1...7))
        #expect(
            try await month.passage(agenda.admission)
                == Passage(
                    status: "enacted", opened: 48.h, closes: (48 + 120).h, electors: 7, quorum: 4,
                    tally: [7, 0, 0], closed: 50.h, outcome: "passed", due: 50.h, ended: 50.h))
        try await month.welcome(
            Self.zoe(month), application: month.community.path("zoe.json"))
        // A vote that was open before: its electors are those of its open.
        #expect(try await refusal(of: 8, voting: agenda.library, month) == "not-an-elector")
        try await month.go(to: 60.h)
        try await month.vote(agenda.library, yes: [1, 2, 3, 4], no: [5, 6], abstain: [7])
        try await month.go(to: 167.h)
        #expect(try await month.passage(agenda.library).status == "voting")
        #expect(try await month.passage(agenda.charter) == Passage(status: "discussion"))
        try await month.go(to: 168.h)
        #expect(
            try await month.passage(agenda.library)
                == Passage(
                    status: "queued", opened: 48.h, closes: 168.h, electors: 7, quorum: 4,
                    tally: [4, 2, 1], closed: 168.h, outcome: "passed", due: 216.h))
        #expect(
            try await month.passage(agenda.charter)
                == Passage(
                    status: "voting", opened: 168.h, closes: 504.h, electors: 7, quorum: 5,
                    tally: [0, 0, 0]))
    }

    /// What carries as routine, by 4 to 3, fails as sensitive; and one vote is too few.
    private func secondWeek(_ month: Month, _ agenda: inout Agenda) async throws {
        try await month.go(to: 170.h)
        try await month.vote(agenda.charter, yes: [1, 2, 3, 4, 5], no: [6])
        try await month.go(to: 215.h)
        #expect(try await answeredStatus(month.gateway(), "library.example") == 404)
        try await month.go(to: 216.h)
        #expect(try await month.passage(agenda.library).ended == 216.h)
        try await expect(month.gateway(), status: 200)
        try await month.go(to: 240.h)
        let hall = try write(Samples.route("hall", host: "hall.example", to: "catalogue"), month)
        agenda.hall = try await month.propose(by: 5, sponsors: [6], "-f", hall)
        let shelf = try write(Samples.backend("shelf", port: 9), month)
        agenda.shelf = try await month.propose(by: 6, sponsors: [5], "-f", shelf)
        agenda.motion = try await month.propose(
            by: 7, sponsors: [5], "--motion", "Let us meet on Fridays.")
        try await month.go(to: 264.h - 10)
        // The machine was busy for twenty minutes: what was due is late by as much, and the vote
        // lasts as long as it should.
        try await month.jump(to: 264.h + 10)
        try await month.go(to: 300.h)
        try await month.vote(agenda.hall, yes: [1, 2, 3, 4], no: [5, 6, 7])
        try await month.vote(agenda.shelf, yes: [1, 2, 3, 4], no: [5, 6, 7])
        try await month.vote(agenda.motion, yes: [7])
        #expect(try await refusal(of: 8, voting: agenda.hall, month) == "not-an-elector")
        try await month.go(to: 385.h)
        let opened = 264.h + 10
        #expect(
            try await month.passage(agenda.hall)
                == Passage(
                    status: "enacted", opened: opened, closes: opened + 72.h, electors: 7,
                    quorum: 4, tally: [4, 3, 0], closed: opened + 72.h, outcome: "passed",
                    due: opened + 96.h, ended: opened + 96.h))
        #expect(
            try await month.passage(agenda.motion)
                == Passage(
                    status: "no-quorum", opened: opened, closes: opened + 72.h, electors: 7,
                    quorum: 4, tally: [1, 0, 0], closed: opened + 72.h, outcome: "no-quorum",
                    ended: opened + 72.h))
    }

    /// After fourteen days the newcomer is an elector, and turns a vote at its end.
    private func thirdWeek(_ month: Month, _ agenda: inout Agenda) async throws {
        #expect(try await isElector(8, month) == false)
        // Admitted at hour 50.
        try await month.go(to: (50 + 14 * 24).h)
        #expect(try await isElector(8, month) == true)
        #expect(try await refusal(of: 8, voting: agenda.charter, month) == "not-an-elector")
        let annex = try write(Samples.route("annex", host: "annex.example", to: "catalogue"), month)
        agenda.annex = try await month.propose(by: 1, sponsors: [2], "-f", annex)
        try await month.go(to: 409.h)
        #expect(
            try await month.passage(agenda.shelf)
                == Passage(
                    status: "failed", opened: 288.h, closes: 408.h, electors: 7, quorum: 4,
                    tally: [4, 3, 0], closed: 408.h, outcome: "failed", ended: 408.h))
        try await month.go(to: 430.h)
        try await month.vote(agenda.annex, yes: [1, 2, 3, 4], no: [5])
        try await month.go(to: 450.h)
        try await month.member(6).did("leave", "--yes")
        // Opened at hour 410 for 72 h; its last quarter began at 464.
        try await month.go(to: 470.h)
        try await month.vote(agenda.annex, yes: [8])
        let annexed = Passage(
            status: "voting", opened: 410.h, closes: (482 + 18).h, electors: 8,
            quorum: 5, tally: [5, 1, 0])
        #expect(try await month.passage(agenda.annex) == annexed)
        try await month.go(to: 504.h)
        #expect(try await month.passage(agenda.annex).closed == 500.h)
        // Who left in the middle of the vote stays counted.
        #expect(
            try await month.passage(agenda.charter)
                == Passage(
                    status: "queued", opened: 168.h, closes: 504.h, electors: 7, quorum: 5,
                    tally: [5, 1, 0], closed: 504.h, outcome: "passed", due: 672.h))
    }

    /// The charter changes, what nobody sponsored expires; two votes are left for the absences.
    private func lastWeek(_ month: Month, _ agenda: inout Agenda) async throws {
        try await month.go(to: 610.h)
        agenda.meeting = try await month.propose(
            by: 4, sponsors: [1], "--motion", "Let us meet on Mondays.")
        try await month.go(to: 640.h)
        try await month.vote(agenda.meeting, yes: [1, 2, 3, 8])
        agenda.outing = try await month.propose(
            by: 5, sponsors: [1], "--motion", "An outing in May.")
        try await month.go(to: 670.h)
        try await month.vote(agenda.outing, yes: [1, 2, 3, 8])
        #expect(try await charterInForce(month)["limits"]?["remarksPerMember"] == 3)
        try await month.go(to: 672.h)
        #expect(try await charterInForce(month)["limits"]?["remarksPerMember"] == 4)
        #expect(try await month.passage(agenda.charter).ended == 672.h)
        try await month.go(to: 719.h)
        #expect(try await month.passage(agenda.unsponsored) == Passage(status: "discussion"))
        try await month.go(to: 720.h)
        #expect(
            try await month.passage(agenda.unsponsored)
                == Passage(status: "expired", ended: 720.h))
    }

    /// Of a month of heartbeats none was missed but the one that the test left out.
    private func expectHeartbeats(of month: Month, _ entries: [JSONValue]) {
        let times = entries.compactMap { $0["t"]?.integer }.map { month.minute(of: $0) }
        let gaps = zip(times, times.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
        #expect(times.last == 720.h)
        #expect(gaps.filter { $0 > Month.heartbeatMinutes } == [20])
        #expect(entries.count { $0["kind"]?.string == "tick" } > 4_250)
        #expect(entries.allSatisfy { $0["verdict"]?.string == "applied" })
    }

    /// The operator is away for a day, then for ten: deadlines wait for half a period at most.
    private func absences(_ month: Month, _ agenda: Agenda) async throws {
        try await month.stop()
        try await month.serveAgain(at: 744.h)
        // The delay ran on, and apply-by had days left.
        #expect(
            try await month.passage(agenda.meeting)
                == Passage(
                    status: "enacted", opened: 634.h, closes: 706.h, electors: 7, quorum: 4,
                    tally: [4, 0, 0], closed: 706.h, outcome: "passed", due: 730.h, ended: 744.h))
        #expect(try await month.passage(agenda.outing).closes == (736 + 24).h)
        try await month.go(to: 770.h)
        #expect(try await month.passage(agenda.outing).due == (760 + 24).h)
        try await month.stop()
        try await month.serveAgain(at: 1010.h)
        #expect(
            try await month.passage(agenda.outing)
                == Passage(
                    status: "lapsed", opened: 664.h, closes: 760.h, electors: 7, quorum: 4,
                    tally: [4, 0, 0], closed: 760.h, outcome: "passed", due: 784.h, ended: 1010.h))
    }

    /// What is served is what was voted, and what an auditor computes from the files.
    private func expectServed(_ month: Month) async throws {
        let gateway = try await month.gateway()
        for host in ["library.example", "hall.example", "annex.example"] {
            try await expect(gateway, status: 200, host)
        }
        let documents = try await month.get("/documents")["items"]?.array ?? []
        #expect(
            documents.compactMap { $0["name"]?.string }.sorted()
                == ["annex", "catalogue", "hall", "library"])
        let audit = try await month.clock.run([
            "audit", "verify", "--log", month.community.log.path, "--community",
            month.community.card, "--json",
        ])
        #expect(audit.ending == .exited(0), "\(audit.errorText)")
        let audited = try JSONValue(parsing: audit.output.dropLast(), form: .canonical)
        let table = try #require(audited["table"]?.string)
        #expect(try await month.get("/table")["digest"]?.string == table)
        _ = try await gateway.program.errors.line(containing: "table \(table.prefix(16))")
        // For whoever lives today all of it lies ahead, and is not believed.
        let early = try await CommandResult.of(
            try Checkout.program(),
            [
                "audit", "verify", "--log", month.community.log.path, "--community",
                month.community.card,
            ])
        #expect(early.ending == .exited(1))
        #expect(early.errorText.contains("ahead of this machine's clock"))
    }

    private func write(_ operation: JSONValue, _ month: Month) throws -> String {
        let name = operation["document"]?["name"]?.string ?? "document"
        return try month.community.folder.write(operation.canonicalOctets, to: "\(name).json")
    }

    /// The code with which a ballot is refused.
    private func refusal(
        of member: Int, voting proposal: String, _ month: Month
    ) async throws -> String {
        let result = try await month.member(member).run("vote", proposal, "yes")
        #expect(result.ending == .exited(1))
        let line = result.errorText.split(separator: "\n").first { $0.hasPrefix("error: ") } ?? ""
        return String(line.dropFirst("error: ".count).prefix { $0 != ":" })
    }

    private func isElector(_ member: Int, _ month: Month) async throws -> Bool? {
        try await month.get("/members/\(member)")["elector"]?.bool
    }
}

extension Int {
    /// So many hours, in minutes.
    fileprivate var h: Int64 { Int64(self) * 60 }
}
