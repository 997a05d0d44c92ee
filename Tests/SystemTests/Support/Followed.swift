import Foundation
import Governance
import TestKit
import Testing

/// A gateway that follows a log whose key the test holds, as its operator does.
struct Followed {
    var log: ForgedLog
    private let echo: Served
    private(set) var gateway: Served

    /// The route that the operator wants and nobody votes for.
    static let coveted = "coveted.example"
    /// What would put it in force.
    static let coveting = [Samples.route("coveted", host: coveted, to: "catalogue")]

    /// Starts a gateway that serves the library, by everybody's vote.
    init() async throws {
        echo = try await Served.echo("catalogue")
        log = try ForgedLog(Samples.library(port: echo.port))
        gateway = try await Self.start(log)
        try await expect(gateway, status: 200)
    }

    private static func start(_ log: ForgedLog) async throws -> Served {
        try await Served.gateway(
            log: log.path, card: log.card, state: log.state, ["--poll", "20"])
    }

    /// What the gateway accepted last, as it remembers it.
    func accepted() throws -> String {
        try String(contentsOfFile: log.state + "/accepted-checkpoint", encoding: .utf8)
    }

    /// What two requests are answered: for the library, and for what the operator wants.
    func answers() async throws -> [Int] {
        [
            try await answeredStatus(gateway, "library.example"),
            try await answeredStatus(gateway, Self.coveted),
        ]
    }

    /// Waits for the gateway's word of refusal; what it serves and remembers is as before.
    func expectRefusal(_ words: String, accepted before: String) async throws {
        _ = try await gateway.program.errors.line(containing: "the log is not followed: " + words)
        #expect(try await answers() == [200, 404])
        #expect(try accepted() == before)
    }

    /// Everything that the gateway's own door tells.
    func metrics() async throws -> String {
        let curl = try await CommandResult.of(
            "curl",
            ["-sS", "--unix-socket", log.state + "/admin.sock", "http://localhost/metrics"])
        return curl.outputText
    }

    /// Starts the gateway again, with what it remembers.
    mutating func start() async throws {
        gateway = try await Self.start(log)
    }

    /// Ends the processes.
    func stop() async throws {
        for process in [gateway, echo] { try await process.stop() }
    }
}
