import CanonicalJSON
import Foundation
import Governance
import TestKit
import Testing
import TransparencyLog

/// A route can appear in the gateway by no other way than a vote.
@Suite struct OnlyWayTests {
    @Test(arguments: [("octets alone", false), ("octets and leaf hash alike", true)])
    func `a council refuses an entry edited in its database and names it`(
        what: String, withLeaf: Bool
    ) async throws {
        let community = try await Community(charter: Charter.demonstration)
        let council = try await Served.council(of: community)
        _ = try await Citizen.joinAll(community, at: council.address)
        try await council.stop()
        try await edit(entry: 1, of: community, withLeaf: withLeaf)
        let refused = try await CommandResult.of(
            try Checkout.program(),
            ["council", "--data", community.data.path, "--council", "127.0.0.1:0"])
        #expect(refused.ending == .exited(1))
        #expect(refused.errorText.contains("entry 1 "), "\(refused.errorText)")
    }

    @Test func `an edited mirror changes nothing and is repaired at the next start`() async throws {
        let community = try await Community(charter: Charter.demonstration)
        let echo = try await Served.echo("catalogue")
        var council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        _ = try await citizens.enact(Samples.library(port: echo.port))
        let gateway = try await startGateway(of: community)
        try await expect(gateway, status: 200)
        try await council.stop()
        let mirror = community.data.appendingPathComponent("council/store/mirror.sqlite").path
        try await sqlite(mirror, "UPDATE documents SET json = '{}', name = 'evil';")
        council = try await Served.council(of: community)
        let rows = try await sqlite(mirror, "SELECT name FROM documents ORDER BY name;")
        #expect(rows == "catalogue\nlibrary\n")
        let documents = try await APIClient(council.address).call("GET", "/documents")
        #expect(documents.json["items"]?.array?.count == 2)
        try await expect(gateway, status: 200)
        for process in [council, gateway, echo] { try await process.stop() }
    }

    @Test func `an edited checkpoint of a gateway is refused and the log replayed`() async throws {
        let community = try await Community(charter: Charter.demonstration)
        let echo = try await Served.echo("catalogue")
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        _ = try await citizens.enact(Samples.library(port: echo.port))
        var gateway = try await startGateway(of: community)
        try await expect(gateway, status: 200)
        try await gateway.stop()
        let file = URL(fileURLWithPath: community.path("state/accepted-checkpoint"))
        var note = try String(contentsOf: file, encoding: .utf8)
        note = note.replacing("test.example/log\n1", with: "test.example/log\n9")
        try Data(note.utf8).write(to: file)
        gateway = try await startGateway(of: community)
        _ = try await gateway.program.errors.line(containing: "is refused")
        try await expect(gateway, status: 200)
        for process in [council, gateway, echo] { try await process.stop() }
    }

    /// Edits an entry as somebody with the database would, triggers dropped.
    private func edit(entry: Int, of community: Community, withLeaf: Bool) async throws {
        let schema = try await sqlite(
            community.journal, "SELECT name FROM sqlite_master WHERE type = 'trigger';")
        for trigger in schema.split(separator: "\n") {
            try await sqlite(community.journal, "DROP TRIGGER \(trigger);")
        }
        let columns = try await sqlite(
            community.journal, "SELECT name FROM pragma_table_info('entries');")
        let names = columns.split(separator: "\n").map(String.init)
        let index = "\"" + (try #require(names.first)) + "\""
        let octets = try #require(names.first { $0.contains("octets") })
        let leaf = try #require(names.first { $0.contains("leaf") })
        try await sqlite(
            community.journal,
            "UPDATE entries SET \(octets) = CAST(replace(CAST(\(octets) AS TEXT), 'ssh-ed25519', "
                + "'ssh-ed25518') AS BLOB) WHERE \(index) = \(entry);")
        guard withLeaf else { return }
        let hex = try await sqlite(
            community.journal, "SELECT hex(\(octets)) FROM entries WHERE \(index) = \(entry);")
        let octetsNow = try #require(
            [UInt8](hexadecimal: hex.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()))
        let hash = Digest.leaf(octetsNow).hex
        try await sqlite(
            community.journal,
            "UPDATE entries SET \(leaf) = x'\(hash)' WHERE \(index) = \(entry);")
    }
}

/// Runs SQL with the command line shell, as an operator would.
@discardableResult
func sqlite(_ database: String, _ sql: String) async throws -> String {
    let result = try await CommandResult.of("sqlite3", [database, sql])
    guard result.ending == .exited(0) else {
        throw Failure("sqlite3: \(result.errorText) (\(sql))")
    }
    return result.outputText
}

/// A gateway on a community's published log.
func startGateway(of community: Community) async throws -> Served {
    try await Served.gateway(
        log: community.log.path, card: community.card, state: community.path("state"))
}

/// Waits until a gateway answers a request for the library with a status.
func expect(_ gateway: Served, status: Int, _ host: String = "library.example") async throws {
    var last = 0
    let reached = try await Eventually.value(within: .seconds(30)) { () -> Bool? in
        last = try await answeredStatus(gateway, host)
        return last == status ? true : nil
    }
    guard reached == true else { throw Failure("the gateway answers \(last), not \(status)") }
}

/// The status of one request through a gateway.
func answeredStatus(_ gateway: Served, _ host: String) async throws -> Int {
    let result = try await CommandResult.of(
        "curl",
        [
            "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Host: \(host)",
            "http://\(gateway.address)/catalogue",
        ])
    return Int(result.outputText) ?? 0
}
