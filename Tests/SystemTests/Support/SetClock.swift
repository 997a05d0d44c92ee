import Foundation
import Synchronization
import TestKit

/// A clock of the day that a test sets, for programs under faketime(1).
///
/// It stands still until it is set on, so a test knows to the millisecond when everything happened.
/// What the programs sleep, and how long they wait for answers, is not touched.
final class SetClock: Sendable {
    private let file: URL
    private let shim: String
    private let time: Mutex<Int64>

    /// One that is ahead of the machine's, by less than a minute.
    init(in folder: TemporaryFolder) async throws {
        let minuteMs: Int64 = 60_000
        let start = (Community.now / minuteMs + 1) * minuteMs
        file = URL(fileURLWithPath: folder.path("clock"))
        time = Mutex(start)
        shim = folder.path("clock.so")
        let source = Checkout.root.appendingPathComponent("Tests/SystemTests/shim/clock.c").path
        let compiled = try await CommandResult.of(
            "cc",
            ["-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-O1", "-o", shim, source, "-ldl"])
        guard compiled.ending == .exited(0) else { throw Failure(compiled.errorText) }
        try set(start)
    }

    /// Milliseconds since 1970.
    var now: Int64 { time.withLock { $0 } }

    /// Sets it.
    ///
    /// - Parameter milliseconds: Since 1970, a whole second: the programs read no less.
    func set(_ milliseconds: Int64) throws {
        let date = Date(timeIntervalSince1970: Double(milliseconds / 1000))
        let text = date.formatted(.iso8601.dateTimeSeparator(.space)).replacing("Z", with: "\n")
        // By renaming: a program reads the file whenever it asks for the time.
        try Data(text.utf8).write(to: file, options: .atomic)
        time.withLock { $0 = milliseconds }
    }

    /// What a program under faketime(1) needs in its environment; and the variable FAKETIME, which
    /// the wrapper sets, must be gone, since it counts before the file.
    var environment: [String: String] {
        [
            // The wrapper puts its own library behind.
            "LD_PRELOAD": shim,
            "FAKETIME_TIMESTAMP_FILE": file.path, "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1", "TZ": "UTC",
        ]
    }

    /// Runs the built program to its end.
    func run(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> CommandResult {
        try await CommandResult.of(
            "faketime",
            ["-f", "+0", "env", "-u", "FAKETIME", try Checkout.program()] + arguments,
            environment: self.environment.merging(environment) { $1 })
    }

    /// Starts the built program.
    func start(_ arguments: [String]) async throws -> FakedProgram {
        try await FakedProgram(
            arguments, clock: "+0", environment: environment, first: "unset FAKETIME")
    }
}
