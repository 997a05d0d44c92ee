package import Foundation
import Glibc
import Synchronization

/// How a program ended.
package enum Ending: Sendable, Equatable {
    /// It exited with this status, 0...255.
    case exited(Int32)
    /// A signal ended it.
    case killed(signal: Int32)
}

/// What went wrong with a program that a test runs.
package enum ProgramFault: Error, CustomStringConvertible {
    /// It could not be started; the system's words.
    case notStarted(program: String, cause: String)
    /// The line that the test waits for did not come; what came instead.
    case noSuchLine(words: String, heard: String)
    /// It was still running when the limit passed, and was killed; what it had written.
    case stillRunning(program: String, limit: Duration, output: String, errors: String)

    /// All that is known, for a test's failure message.
    package var description: String {
        switch self {
        case .notStarted(let program, let cause): "\(program) could not be started: \(cause)"
        case .noSuchLine(let words, let heard): "no line with “\(words)”, but:\n\(heard)"
        case .stillRunning(let program, let limit, let output, let errors):
            "\(program) did not end within \(limit); output:\n\(output)\nerrors:\n\(errors)"
        }
    }
}

/// A program that a test started and listens to; killed when the last reference goes.
///
/// ```swift
/// let echo = try RunningProgram(try Checkout.program(), ["echo", "--port", "0"])
/// let line = try await echo.output.line(containing: "listening on ")
/// ```
///
/// So a server listens on port 0 and tells the test which port it got.
package final class RunningProgram: Sendable {
    /// What it writes on standard output.
    package let output = Transcript()
    /// What it writes on standard error.
    package let errors = Transcript()
    /// Its process id.
    package let id: Int32

    private static let starting = Mutex(())
    private let name: String
    private let process: Process
    private let ended = Watched<Ending?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: A path, or a name to look for in `PATH`.
    ///   - arguments: Without the program's name.
    ///   - environment: Put over the test's own environment.
    ///   - folder: Its working folder; the test's own when absent.
    ///   - inputFile: The file that it finds on standard input; empty input when absent. A file,
    ///     because a pipe whose reader is gone would end the test with SIGPIPE.
    /// - Throws: ``ProgramFault/notStarted(program:cause:)``
    package init(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        folder: URL? = nil, inputFile: String = "/dev/null"
    ) throws(ProgramFault) {
        name = program
        process = Process()
        let isPath = program.contains("/")
        process.executableURL = URL(fileURLWithPath: isPath ? program : "/usr/bin/env")
        process.arguments = isPath ? arguments : [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = folder }
        guard let input = FileHandle(forReadingAtPath: inputFile) else {
            throw .notStarted(program: program, cause: "no input file \(inputFile)")
        }
        let (outputPipe, errorPipe) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = outputPipe
        process.standardError = errorPipe
        process.terminationHandler = { [ended] process in
            let status = process.terminationStatus
            let isExit = process.terminationReason == .exit
            ended.update { $0 = isExit ? .exited(status) : .killed(signal: status) }
        }
        do {
            // One at a time: Foundation's own start of a process has crashed when many ran at once.
            try Self.starting.withLock { [process] _ in
                try SignalMask.withNoneBlocked { try process.run() }
            }
        } catch {
            throw .notStarted(program: program, cause: "\(error)")
        }
        // The program has its own by now. With more than a thousand descriptors open, Foundation's
        // next start of a process may read beyond the list of them.
        try? input.close()
        id = process.processIdentifier
        output.follow(outputPipe.fileHandleForReading)
        errors.follow(errorPipe.fileHandleForReading)
    }

    deinit {
        send(SIGKILL)
    }

    /// Sends a signal, unless the program has ended.
    package func send(_ signal: Int32) {
        if ended.state == nil { kill(id, signal) }
    }

    /// Waits for the end, and kills the program when it does not come in time.
    ///
    /// - Throws: ``ProgramFault/stillRunning(program:limit:output:errors:)``
    package func ending(within limit: Duration = .seconds(30)) async throws(ProgramFault) -> Ending
    {
        if let ending = await ended.wait(within: limit, until: { $0 }) { return ending }
        send(SIGKILL)
        throw .stillRunning(
            program: name, limit: limit, output: output.text, errors: errors.text)
    }
}
