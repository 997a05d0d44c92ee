package import Foundation

/// What a command did, from its start to its end.
package struct CommandResult: Sendable {
    /// How it ended.
    package let ending: Ending
    /// All of its standard output.
    package let output: [UInt8]
    /// All of its standard error.
    package let errors: [UInt8]

    /// Standard output as text, for comparisons.
    package var outputText: String { String(decoding: output, as: UTF8.self) }
    /// Standard error as text, for messages.
    package var errorText: String { String(decoding: errors, as: UTF8.self) }

    /// Runs a command to its end; the parameters are those of ``RunningProgram``.
    ///
    /// - Parameter limit: How long it and its streams may last; then it is killed.
    /// - Throws: ``ProgramFault``. A status other than 0 is a result, not an error.
    package static func of(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        folder: URL? = nil, inputFile: String = "/dev/null", within limit: Duration = .seconds(60)
    ) async throws(ProgramFault) -> CommandResult {
        let running = try RunningProgram(
            program, arguments, environment: environment, folder: folder, inputFile: inputFile)
        let ending = try await running.ending(within: limit)
        let outputEnded = await running.output.isComplete(within: limit)
        let errorsEnded = await running.errors.isComplete(within: limit)
        guard outputEnded, errorsEnded else {
            throw .stillRunning(
                program: "what \(program) left behind", limit: limit,
                output: running.output.text, errors: running.errors.text)
        }
        return CommandResult(
            ending: ending, output: running.output.octets, errors: running.errors.octets)
    }
}
