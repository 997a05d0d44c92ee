import Foundation

/// A folder whose machine can lose its power: what programs did not sync is then gone.
///
/// Built on `Tests/SystemTests/shim/powerloss.c`, which says what is forgotten exactly.
///
/// ```swift
/// let power = try await PowerLoss(of: data, within: folder)
/// let council = try RunningProgram(program, ["council", …], environment: power.environment)
/// …
/// council.send(SIGKILL)
/// try await power.strike()
/// ```
package struct PowerLoss: Sendable {
    /// What programs must find in their environment for their syncs to count. Everything that they
    /// start inherits it.
    package let environment: [String: String]

    /// Builds the shim, with the C compiler, and makes the shadow of the folder.
    ///
    /// - Parameters:
    ///   - path: The folder that will forget; it exists, and what it holds counts as synced.
    ///   - scratch: Where the shim and the shadow go; outside the folder.
    /// - Throws: ``ProgramFault``; ``PowerLossFault`` when the shim cannot be compiled.
    package init(of path: String, within scratch: TemporaryFolder) async throws {
        let shim = scratch.path("powerloss.so")
        let source = Checkout.root.appendingPathComponent("Tests/SystemTests/shim/powerloss.c")
        let compiled = try await CommandResult.of(
            "cc",
            [
                "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-O1", "-o", shim, source.path,
                "-ldl",
            ])
        guard compiled.ending == .exited(0) else { throw PowerLossFault(compiled) }
        environment = [
            "LD_PRELOAD": shim,
            "POWERLOSS_FOLDER": path,
            "POWERLOSS_SHADOW": scratch.path("powerloss-shadow"),
        ]
        // The first program under the shim takes the folder as it is for synced.
        try await run([:])
    }

    /// Puts the folder into the state that its disk was in. Every program that ran under the shim
    /// must have been killed before.
    ///
    /// - Throws: ``ProgramFault``; ``PowerLossFault`` when the folder cannot be restored.
    package func strike() async throws {
        try await run(["POWERLOSS_RESTORE": "1"])
    }

    private func run(_ more: [String: String]) async throws {
        let result = try await CommandResult.of(
            "/bin/true", environment: environment.merging(more) { $1 })
        guard result.ending == .exited(0) else { throw PowerLossFault(result) }
    }
}

/// The shim could not be compiled, or could not do its work.
package struct PowerLossFault: Error, CustomStringConvertible {
    /// What the compiler or the shim said.
    package let description: String

    init(_ result: CommandResult) {
        description = "\(result.ending): \(result.errorText)"
    }
}
