import CanonicalJSON
import SSHSignature
import TestKit
import Testing

/// What members do beside routes, by the built program against a real council.
@Suite struct CommunityLifeTests {
    private static let shelf =
        "kind: Backend\nname: shelf\nendpoints: [{address: 127.0.0.1, port: 9}]\n"

    private func proposal(_ number: String, _ person: Person) async throws -> JSONValue {
        let shown = try await person.did("proposals", number, "--json")
        return try JSONValue(parsing: Array(shown.utf8), form: .canonical)
    }

    /// Waits until a proposal has a status.
    private func wait(_ number: String, for status: String, _ person: Person) async throws {
        let seen = try await Eventually.value(within: .seconds(90)) { () -> Bool? in
            try await proposal(number, person)["status"]?.string == status ? true : nil
        }
        #expect(seen == true)
    }

    /// Sponsors if need be, votes yes by all, and waits until it is enacted.
    private func carry(_ number: String, by people: [Person], sponsors: Int = 1) async throws {
        for person in people.dropFirst().prefix(sponsors - 1) {
            try await person.did("sponsor", number)
        }
        try await wait(number, for: "voting", people[0])
        for person in people { try await person.did("vote", number, "yes") }
        try await wait(number, for: "enacted", people[0])
    }

    @Test func `a newcomer applies, is admitted, proves who they are, and takes part`()
        async throws
    {
        let community = try await Community(charter: Samples.patientCharter())
        let council = try await Served.council(of: community)
        let people = try await Person.joinAll(community, council)
        let zoe = Person(
            community: community, newcomer: "zoe",
            key: try PrivateKey(seed: [UInt8](repeating: 99, count: PrivateKey.seedOctets)))
        let application = community.path("zoe.json")
        let key = try zoe.keyFile()
        try await zoe.did(
            "apply", "zoe", "--community", community.card, "--key", key, "-o", application)
        let number = try await people[0].did("propose", "--admit", application, "--yes")
        let text = try await proposal(number, people[1])["reason"]?.string
        #expect(text == "Admits: zoe.")
        let password = try community.folder.write(Community.password, to: "zoe-password")
        let login = [
            "login", "--council", "http://\(council.address)", "--member", "zoe", "--key", key,
            "--password-file", password, "--proof", "--application", application,
        ]
        let early = try await zoe.run(login)
        #expect(early.ending == .exited(1))
        #expect(early.errorText.contains("is no member's key in force"))
        try await carry(number, by: people, sponsors: 2)
        let loggedIn = try await zoe.run(login)
        #expect(loggedIn.ending == .exited(0), "\(loggedIn.errorText)")
        #expect(try await people[0].did("members").contains("zoe"))
        let file = try community.folder.write(Self.shelf, to: "shelf.yaml")
        #expect(try await zoe.did("propose", "-f", file, "--yes") == "2")
        try await council.stop()
    }

    @Test func `what was decided can be put back, and what is proposed revised or withdrawn`()
        async throws
    {
        let community = try await Community(
            charter: Samples.patientCharter(routineDiscussion: "60s"))
        let council = try await Served.council(of: community)
        let people = try await Person.joinAll(community, council)
        let shelf = try community.folder.write(Self.shelf, to: "shelf.yaml")
        let number = try await people[0].did("propose", "-f", shelf, "--yes")
        try await carry(number, by: people)
        let revert = try await people[1].did("propose", "--revert", number, "--yes")
        try await carry(revert, by: people)
        #expect(try await proposal(number, people[0])["status"]?.string == "reverted")
        let second = try await people[0].did(
            "propose", "--motion", "Let us meet on Friday.", "--yes")
        try await people[1].did("remark", second, "Friday is full.", "--concern", "fairness")
        try await people[0].did("revise", second, "--motion", "On Thursday, then.", "--yes")
        #expect(try await proposal(second, people[0])["revision"] == 2)
        try await people[0].did("withdraw", second, "--yes")
        #expect(try await proposal(second, people[0])["status"]?.string == "withdrawn")
        let remarks = try await APIClient(council.address).call(
            "GET", "/proposals/\(second)/remarks")
        #expect(remarks.json["items"]?.array?.first?["reason"]?.string == "Friday is full.")
        let refused = try await people[1].run("withdraw", second, "--yes")
        #expect(refused.ending == .exited(1))
        #expect(refused.errorText.contains("proposal-over"))
        try await council.stop()
    }

    @Test func `a charter changes by vote, a key retires, a member leaves`() async throws {
        let community = try await Community(charter: Samples.patientCharter())
        let council = try await Served.council(of: community)
        let people = try await Person.joinAll(community, council)
        let charter = Samples.replacing(
            ["heartbeat"], in: Samples.patientCharter(), by: "20s"
        ).canonicalText
        let file = try community.folder.write(charter, to: "charter-new.json")
        let planned = try await people[0].run("plan", "--charter", file)
        #expect(planned.ending == .exited(3))
        #expect(planned.outputText.contains("constitutional"))
        let number = try await people[0].did("propose", "--charter", file, "--yes")
        try await carry(number, by: people)
        let now = try await APIClient(council.address).call("GET", "/community")
        #expect(now.json["charter"]?["heartbeat"]?.string == "20s")
        let second = community.path("second")
        try await people[2].did("key", "new", second)
        try await people[2].did("key", "enrol", "--new-key", second, "--yes")
        try await people[2].did("key", "retire", second, "--yes")
        let retired = try await people[2].run("key", "enrol", "--new-key", second, "--yes")
        #expect(retired.errorText.contains("key-in-use"))
        try await people[2].did("leave", "--yes")
        let after = try await people[2].run("propose", "--motion", "Adieu.", "--yes")
        #expect(after.errorText.contains("no-longer-a-member"))
        try await council.stop()
    }
}
