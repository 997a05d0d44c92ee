import CanonicalJSON
import Foundation
import TestKit
import Testing

/// What stewards and keepers do without a vote, by the built program against a real council.
@Suite struct OverlayLifeTests {
    /// Votes that all agree on close at once; others last long enough to be taken part in.
    private static let charter = Samples.replacing(
        ["emergency", "alone"],
        in: Samples.replacing(
            ["classes", "routine", "voting"], in: Samples.patientCharter(), by: "20s"),
        by: "15s")

    private let community: Community
    private let council: Served
    private let people: [Person]
    private let api: APIClient

    /// Three founders, a kept backend and two routes to it.
    init() async throws {
        community = try await Community(charter: Self.charter)
        council = try await Served.council(of: community)
        people = try await Person.joinAll(community, council)
        api = APIClient(council.address)
        try await enact(
            """
            kind: Backend
            name: shelf
            endpoints: [{address: 127.0.0.1, port: 9}]
            keepers: [2]
            networks: [10.0.0.0/8, 127.0.0.0/8]
            ---
            \(Self.route("library", host: "library.example"))
            ---
            \(Self.route("archive", host: "archive.example"))
            """)
    }

    private static func route(_ name: String, host: String) -> String {
        """
        kind: HTTPRoute
        name: \(name)
        hostnames: [\(host)]
        rules: [{backendRefs: [{name: shelf}]}]
        """
    }

    /// Takes documents the whole way.
    private func enact(_ documents: String) async throws {
        let file = try community.folder.write(documents + "\n", to: "documents.yaml")
        try await carry(try await people[0].did("propose", "-f", file, "--yes"))
    }

    private func carry(_ number: String) async throws {
        try await wait(number, for: "voting")
        for person in people { try await person.did("vote", number, "yes") }
        try await wait(number, for: "enacted")
    }

    private func wait(_ number: String, for status: String) async throws {
        let seen = try await Eventually.value(within: .seconds(90)) { () -> Bool? in
            let proposal = try await api.call("GET", "/proposals/\(number)").json
            return proposal["status"]?.string == status ? true : nil
        }
        #expect(seen == true, "proposal \(number) is not \(status)")
    }

    private func table() async throws -> JSONValue? {
        try await api.call("GET", "/table").json["digest"]
    }

    private func overlays() async throws -> JSONValue {
        let text = try await people[0].did("emergency", "list", "--json")
        return try JSONValue(parsing: Array(text.utf8), form: .canonical)
    }

    private func finish() async throws {
        try await council.stop()
        try await community.expectAudited()
    }

    @Test func `a steward disables a route, everybody sees it, and it ends by itself`()
        async throws
    {
        let before = try await table()
        let done = try await people[1].run("emergency", "disable", "library", "--yes")
        #expect(done.ending == .exited(0), "\(done.errorText)")
        #expect(done.errorText.contains("every request of it gets 503"))
        #expect(done.errorText.contains("when 1 more steward signs before that: it stays until"))
        #expect(done.errorText.contains("next: other stewards run commonway emergency disable"))
        #expect(done.outputText.count == 65, "the statement's hash")
        let up = try #require(try await overlays()["up"]?.array)
        #expect(up.map { $0["name"] } == ["HTTPRoute/library"])
        #expect(up[0]["by"] == [2])
        #expect(try await table() != before)
        #expect(try await people[0].did("routes").contains("disabled until"))
        #expect(try await people[0].did("status").contains("HTTPRoute/library is disabled until"))
        let again = try await people[1].run("emergency", "disable", "library", "--yes")
        #expect(again.ending == .exited(1))
        #expect(again.errorText.contains("already-signed"))
        let ended = try await Eventually.value(within: .seconds(60)) { () -> Bool? in
            try await table() == before ? true : nil
        }
        #expect(ended == true)
        #expect(try await people[0].did("emergency").contains("Everything is served as ratified."))
        try await finish()
        let index = try #require(up[0]["index"]?.integer)
        let log = try await people[0].did(
            "audit", "log", "--against", community.log.path, "--community", community.card,
            "--route", "library")
        #expect(log.contains("emergency  member 2  disable  HTTPRoute/library"))
        #expect(log.contains("lift  entry \(index) ends  HTTPRoute/library"))
    }

    @Test func `two stewards lead to a vote: carried it lasts, not carried they lose the power`()
        async throws
    {
        for person in people.prefix(2) {
            try await person.did("emergency", "disable", "library", "--yes")
        }
        try await wait("2", for: "voting")
        let shown = try await people[2].run("proposals", "2")
        #expect(shown.outputText.contains("by nobody: it followed what stewards did"))
        #expect(shown.outputText.contains("signed by member 1 and member 2"))
        #expect(shown.outputText.contains("member 1 disabled HTTPRoute/library"))
        #expect(try await people[2].did("status").contains("a vote: commonway vote 2"))
        try await carry("2")
        let confirmed = try #require(try await overlays()["up"]?.array?.first)
        let until = try #require(confirmed["until"]?.integer)
        #expect(until > Community.now + 3_000_000, "the charter's hour")
        try await people[0].did("emergency", "disable", "archive", "--yes")
        let second = try await people[2].run("emergency", "disable", "archive", "--yes")
        #expect(second.errorText.contains("next: commonway vote 3 yes|no|abstain"))
        try await wait("3", for: "voting")
        try await people[1].did("vote", "3", "no")
        try await wait("3", for: "no-quorum")
        let after = try await overlays()
        #expect(after["up"]?.array?.map { $0["name"] } == ["HTTPRoute/library"])
        #expect(after["stewards"]?["members"]?.array?.map { $0["member"] } == [2])
        #expect(after["stewards"]?["suspended"]?.array?.map { $0["member"] } == [1, 3])
        let refused = try await people[0].run("emergency", "disable", "archive", "--yes")
        #expect(refused.ending == .exited(1))
        #expect(refused.errorText.contains("not-a-steward: member 1 lost that power until"))
        #expect(refused.errorText.contains("next: ask a steward: member 2"))
        try await finish()
    }

    @Test func `what was in force is restored, and only that`() async throws {
        try await enact(Self.route("library", host: "other.example"))
        let missing = try await people[0].run("emergency", "restore", "HTTPRoute/archive", "--yes")
        #expect(missing.ending == .exited(1))
        #expect(missing.errorText.contains("unknown-document"))
        let file = try community.folder.write(
            Self.route("library", host: "evil.example") + "\n", to: "evil.yaml")
        let stranger = try await people[0].run(
            "emergency", "restore", "HTTPRoute/library", "-f", file, "--yes")
        #expect(stranger.ending == .exited(1))
        #expect(stranger.errorText.contains("unknown-document"))
        let done = try await people[0].run("emergency", "restore", "HTTPRoute/library", "--yes")
        #expect(done.ending == .exited(0), "\(done.errorText)")
        #expect(done.errorText.contains("for library.example"))
        #expect(done.errorText.contains("library.example/…: no rule (404) → library/#1"))
        let up = try #require(try await overlays()["up"]?.array?.first)
        #expect(up["document"]?["hostnames"] == ["library.example"])
        let digest = try #require(up["digest"]?.string)
        let item = try await api.call("GET", "/documents?kind=HTTPRoute").json["items"]?.array?.last
        #expect(item?["overlay"] == .string("restored:\(digest)"))
        try await people[1].did(
            "emergency", "restore", "HTTPRoute/library", "--digest", String(digest.prefix(12)),
            "--yes")
        #expect(try await overlays()["up"]?.array?.first?["by"] == [1, 2])
        try await finish()
    }

    @Test func `a keeper moves a backend inside its networks, and electors undo it`()
        async throws
    {
        let before = try await table()
        let stranger = try await people[0].run(
            "backend", "move", "shelf", "--endpoint", "10.0.0.7:80", "--yes")
        #expect(stranger.ending == .exited(1))
        #expect(stranger.errorText.contains("not-a-keeper: you are no keeper of Backend/shelf, "))
        let outside = try await people[1].run(
            "backend", "move", "shelf", "--endpoint", "192.0.2.7:80", "--yes")
        #expect(outside.ending == .exited(1))
        #expect(
            outside.errorText.contains("outside-networks: 192.0.2.7 is in none of the networks"))
        try await people[1].did(
            "backend", "move", "shelf", "--endpoint", "10.0.0.7:80", "--endpoint",
            "10.0.0.8:80=2", "--yes")
        #expect(
            try await overlays()["up"]?.array?.first?["endpoints"]
                == [
                    ["address": "10.0.0.7", "port": 80],
                    ["address": "10.0.0.8", "port": 80, "weight": 2],
                ])
        #expect(try await table() != before)
        #expect(try await people[0].did("routes").contains("moved by member 2"))
        try await people[1].did("backend", "move", "shelf", "--ratified", "--yes")
        #expect(try await table() == before)
        let file = try community.folder.write("- {address: 10.0.0.9, port: 80}\n", to: "list.yaml")
        try await people[1].did("backend", "move", "shelf", "-f", file, "--yes")
        for person in [people[0], people[2]] {
            try await person.did("backend", "undo", "shelf", "--keeper", "2", "--yes")
        }
        #expect(try await table() == before)
        #expect(try await overlays()["undone"] == [["backend": "shelf", "keeper": 2]])
        let late = try await people[1].run(
            "backend", "move", "shelf", "--endpoint", "10.0.0.7:80", "--yes")
        #expect(late.errorText.contains("not-a-keeper: members undid what you did"))
        try await finish()
    }

    @Test func `members elect their stewards, and the founders are none then`() async throws {
        let planned = try await people[0].run("plan", "--stewards", "3,2")
        #expect(planned.ending == .exited(3), "\(planned.errorText)")
        #expect(planned.outputText.contains("stewards are elected"))
        let wrong = try await people[0].run("propose", "--stewards", "2,zoe", "--yes")
        #expect(wrong.ending == .exited(2))
        #expect(wrong.errorText.contains("is no member's number"))
        try await carry(try await people[0].did("propose", "--stewards", "3,2", "--yes"))
        let stewards = try await overlays()["stewards"]
        #expect(stewards?["elected"] == [2, 3])
        #expect(stewards?["members"]?.array?.map { $0["member"] } == [2, 3])
        let refused = try await people[0].run("emergency", "disable", "library", "--yes")
        #expect(refused.errorText.contains("not-a-steward: member 1 is no steward now"))
        try await people[1].did("emergency", "disable", "library", "--yes")
        try await carry(try await people[0].did("propose", "--stewards", "", "--yes"))
        #expect(
            try await people[0].did("emergency", "list").contains("the founders, as members voted"))
        try await finish()
    }
}
