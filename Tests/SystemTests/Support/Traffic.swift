import Foundation
import TestKit

/// The roles of traffic.py.
enum Traffic {
    /// The host that the clients ask for.
    static let host = "library.example"

    /// Starts a role and waits for its first word.
    static func start(_ arguments: String..., until word: String) async throws -> RunningProgram {
        let script = Checkout.root.appendingPathComponent("Tests/SystemTests/traffic.py").path
        let program = try RunningProgram("python3", [script] + arguments)
        _ = try await program.output.line(containing: word)
        return program
    }

    /// Starts a backend.
    ///
    /// - Parameter role: `backend`, or `holding`, which answers one request when it is ended.
    /// - Returns: It, and its port.
    static func backend(_ role: String = "backend") async throws -> (RunningProgram, Int64) {
        let program = try await start(role, until: "listening")
        let line = try await program.output.line(containing: "listening")
        return (program, Int64(line.split(separator: ":").last ?? "") ?? 0)
    }

    /// Ends a role.
    ///
    /// - Returns: What it printed.
    static func end(_ program: RunningProgram) async throws -> String {
        program.send(SIGTERM)
        _ = try await program.ending()
        return program.output.text
    }
}

/// What the kernel says of a process.
enum ProcessFigures {
    /// The sanitizer under which the program was built: `address`, `thread`, or none.
    static let sanitizer = ProcessInfo.processInfo.environment["COMMONWAY_SANITIZER"]

    /// A sanitizer keeps memory that was given back, so that its growth says nothing.
    static let areOfSanitizer = sanitizer != nil

    /// Memory in use, KiB.
    static func residentKiB(_ id: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return Int(line?.split(separator: " ").dropFirst().first ?? "") ?? 0
    }

    /// Open descriptors.
    static func descriptors(_ id: Int32) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/fd").count
    }
}
