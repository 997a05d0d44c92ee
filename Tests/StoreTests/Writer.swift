import Council
import Foundation
import TestKit

/// The program StoreWriter, which appends entries and says so, and what is started around it.
struct Writer {
    /// Beside the running test bundle, where the build leaves it.
    static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("StoreWriter").path

    let store: String
    var environment: [String: String] = [:]

    /// Appends under strace, to the end or to the first error.
    func traced(
        batches: Int, size: Int, by options: [String], log: String
    ) async throws -> CommandResult {
        // The environment is the traced program's, not strace's.
        let environment = environment.flatMap { ["-E", "\($0.key)=\($0.value)"] }
        return try await CommandResult.of(
            "strace",
            ["-f", "-qq", "-y", "-o", log] + options + environment
                + [Self.program, store, "append", "\(batches)", "\(size)"])
    }

    /// Starts to append.
    func start(batches: Int, size: Int) throws -> RunningProgram {
        try RunningProgram(
            Self.program, [store, "append", "\(batches)", "\(size)"], environment: environment)
    }

    /// The count that the last acknowledgement in these lines names.
    static func acknowledged(_ output: String) -> Int {
        output.split(separator: "\n").filter { $0.hasPrefix("ack ") }
            .last.flatMap { Int($0.dropFirst(4)) } ?? 0
    }
}
