import Foundation
import TestKit

/// The program's serving processes as tests start them, on free ports.
struct Served {
    /// The process.
    let program: RunningProgram
    /// The address it printed, `127.0.0.1:43210`.
    let address: String

    /// Starts `commonway council`.
    static func council(
        of community: Community, environment: [String: String] = [:], at address: String? = nil,
        _ more: [String] = []
    ) async throws -> Served {
        try await start(
            "council",
            [
                "council", "--data", community.data.path, "--council", address ?? "127.0.0.1:0",
                "--password-cost", Community.passwordCost,
            ] + more, environment)
    }

    /// Starts `commonway council` on a community's folder.
    static func council(
        in data: URL, environment: [String: String] = [:]
    ) async throws -> Served {
        try await start(
            "council",
            [
                "council", "--data", data.path, "--council", "127.0.0.1:0", "--password-cost",
                Community.passwordCost,
            ], environment)
    }

    /// Starts `commonway gateway` on a log.
    static func gateway(
        log: String, card: String, state: String, loops: Int = 2,
        at address: String = "127.0.0.1:0",
        _ more: [String] = []
    ) async throws -> Served {
        try await start(
            "gateway",
            [
                "gateway", "--log", log, "--community", card, "--state", state, "--gateway",
                address, "--loops", "\(loops)",
            ] + more)
    }

    /// Starts `commonway echo`.
    static func echo(_ name: String, _ arguments: [String] = []) async throws -> Served {
        try await start(
            "", ["echo", "--listen", "127.0.0.1:0", "--name", name] + arguments)
    }

    /// Starts `commonway witness`.
    static func witness(
        data: String, cards: [String], at address: String = "127.0.0.1:0"
    ) async throws -> Served {
        try await start(
            "witness",
            ["witness", "--data", data, "--listen", address]
                + cards.flatMap { ["--community", $0] })
    }

    private static func start(
        _ name: String, _ arguments: [String], _ environment: [String: String] = [:]
    ) async throws -> Served {
        let program = try RunningProgram(
            try Checkout.program(), arguments, environment: environment)
        let line = try await program.output.line(containing: "127.0.0.1:")
        guard let word = line.split(separator: " ").last else {
            throw Failure("no address: \(line)")
        }
        return Served(program: program, address: String(word).replacing("http://", with: ""))
    }

    /// The port.
    var port: Int64 { Int64(address.split(separator: ":").last ?? "") ?? 0 }

    /// Ends it as an operator would.
    func stop() async throws {
        program.send(SIGTERM)
        _ = try await program.ending()
    }

    /// Ends it as a crash would.
    func kill() async throws {
        program.send(SIGKILL)
        _ = try await program.ending()
    }
}
