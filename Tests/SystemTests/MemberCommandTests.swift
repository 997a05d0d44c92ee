import CanonicalJSON
import Governance
import SSHSignature
import TestKit
import Testing

/// The member's commands of the built program against a real council: what they end with, and what
/// they refuse to believe.
@Suite struct MemberCommandTests {
    @Test
    func `a proposal goes from a file to a vote, and what scripts need is on standard output`()
        async throws
    {
        let community = try await Community(charter: Charter.demonstration)
        let council = try await Served.council(of: community)
        let people = community.keys.indices.map { Person(community: community, number: $0 + 1) }
        for person in people {
            let joined = try await person.join(council)
            #expect(joined.ending == .exited(0), "\(joined.errorText)")
        }
        let file = try community.folder.write(
            """
            kind: Backend
            name: shelf
            endpoints: [{address: 127.0.0.1, port: 9}]
            ---
            kind: HTTPRoute
            name: shelf
            hostnames: [shelf.example]
            rules: [{matches: [{method: GET}], backendRefs: [{name: shelf}]}]

            """,
            to: "shelf.yaml")
        let planned = try await people[0].run("plan", "-f", file)
        #expect(planned.ending == .exited(3), "something would change")
        let proposed = try await people[0].run("propose", "-f", file, "--yes")
        #expect(proposed.outputText == "1\n", "\(proposed.errorText)")
        let opened = try await Eventually.value(within: .seconds(20)) { () -> Bool? in
            let shown = try await people[0].run("proposals", "1", "--json")
            let value = try JSONValue(parsing: Array(shown.output.dropLast()), form: .canonical)
            return value["status"]?.string == "voting" ? true : nil
        }
        #expect(opened == true)
        let shown = try await people[0].run("proposals", "1")
        #expect(
            shown.outputText.contains("GET shelf.example/…: no rule (404) → shelf/#1"),
            "\(shown.outputText) \(shown.errorText)")
        let voted = try await people[1].run("vote", "1", "yes", "--json")
        #expect(voted.errorText.contains("e.g. curl http://shelf.example/any"))
        let answer = try JSONValue(parsing: Array(voted.output.dropLast()), form: .canonical)
        let hash = try #require(answer["hash"]?.string, "\(voted.errorText)")
        let receipt = try await CommandResult.of(
            "cat", [community.path("config-\(people[1].name)/receipts/\(hash).json")])
        #expect(receipt.outputText.contains("commonway-ack/v1"))
        try await council.stop()
    }

    @Test func `every way to fail has its own status and names the next step`() async throws {
        let community = try await Community(charter: Charter.demonstration)
        let council = try await Served.council(of: community)
        let ana = Person(community: community, number: 1)
        let early = try await ana.run("status", "--council", "http://\(council.address)")
        #expect(early.ending == .exited(5))
        #expect(early.errorText.contains("next: commonway login"))
        #expect(try await ana.join(council).ending == .exited(0))
        #expect(try await ana.run("status").ending == .exited(0))
        #expect(try await ana.run("vote", "99", "yes").ending == .exited(1))
        #expect(try await ana.run("vote", "99", "maybe").ending == .exited(2))
        #expect(try await ana.run("plan", "-f", "/nowhere.yaml").ending == .exited(2))
        try await council.stop()
        let gone = try await ana.run("status")
        #expect(gone.ending == .exited(4))
        #expect(gone.errorText.contains("next:"))
    }

    @Test func `a council that speaks for another log than the one remembered is refused`()
        async throws
    {
        let community = try await Community(charter: Charter.demonstration)
        let council = try await Served.council(of: community)
        let ana = Person(community: community, number: 1)
        #expect(try await ana.join(council).ending == .exited(0))
        try await council.stop()
        let impostor = try await Community(charter: Charter.demonstration)
        let other = try await Served.council(of: impostor, at: council.address)
        let file = try community.folder.write("[]", to: "none.json")
        let result = try await ana.run("vote", "1", "yes")
        #expect(result.ending == .exited(1))
        #expect(result.errorText.contains("another log"))
        #expect(try await ana.run("plan", "-f", file).ending == .exited(2))
        try await other.stop()
    }
}
