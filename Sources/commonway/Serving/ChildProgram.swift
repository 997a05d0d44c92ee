import CLinux
import Foundation
import Reactor
import Synchronization

/// This program run once more, as a child that ends with its parent.
///
/// The child's standard input is a pipe that nobody writes to: when this process is gone, however
/// it went, the kernel closes it, and a child started with `--supervised` ends too.
final class ChildProgram: Sendable {
    /// What it prints to standard output, line by line.
    let lines: AsyncStream<String>
    /// Its process number.
    let id: Int32

    private let process: SharedProcess
    private let ending: AsyncStream<Int32>

    /// Foundation's process is thread-safe for what is called here: terminate and its number.
    private struct SharedProcess: Sendable {
        nonisolated let terminate: @Sendable () -> Void
    }

    /// Starts it.
    ///
    /// - Parameters:
    ///   - program: The executable; this one unless said otherwise.
    ///   - errors: Where its standard error goes; this one's unless said otherwise.
    /// - Throws: ``Complaint`` when it cannot be started.
    init(
        program: URL = Executable.url, _ arguments: [String], environment: [String: String] = [:],
        errors: FileHandle = .standardError
    ) throws(Complaint) {
        let process = Process()
        let output = Foundation.Pipe()
        let input = Foundation.Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        lines = Self.lines(of: output.fileHandleForReading)
        let (ending, finished) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { ended in
            // The pipe is held until here, so that it closes with this process and not before.
            withExtendedLifetime(input) {
                finished.yield(ended.terminationStatus)
                finished.finish()
            }
        }
        self.ending = ending
        do {
            _ = clinux_signals_release()
            defer { _ = clinux_signals_restore() }
            try process.run()
        } catch {
            throw .refused("\(program.path) cannot be started: \(Reason.text(error))")
        }
        id = process.processIdentifier
        let number = id
        self.process = SharedProcess(terminate: { kill(number, SIGTERM) })
    }

    /// Waits for its end.
    ///
    /// - Returns: Its exit status, or the number of the signal that ended it.
    func status() async -> Int32 {
        for await status in ending { return status }
        return -1
    }

    /// Asks it to end.
    func terminate() { process.terminate() }

    /// The longest line that is kept whole; a child prints addresses and results.
    private static let lineOctetsMax = 65_536

    /// A thread reads, blocking: Foundation's own notification closes the descriptor before its
    /// event loop has let go of it, which has ended the process.
    private static func lines(of handle: FileHandle) -> AsyncStream<String> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                var splitter = LineSplitter(octetsMax: lineOctetsMax)
                var octets: [UInt8]
                repeat {
                    octets = (try? FileInput.next(from: handle.fileDescriptor)) ?? []
                    for line in splitter.take(octets) { continuation.yield(line) }
                } while !octets.isEmpty
                continuation.finish()
            }
        }
    }
}

/// Cuts octets that arrive in pieces into lines.
struct LineSplitter: Sendable {
    private var rest: [UInt8] = []
    private let octetsMax: Int

    /// - Parameter octetsMax: A line that grows beyond this is dropped.
    init(octetsMax: Int) { self.octetsMax = octetsMax }

    /// Takes the next octets, none at the end.
    ///
    /// - Returns: The lines that they complete; at the end what was left over.
    mutating func take(_ octets: [UInt8]) -> [String] {
        rest += octets
        var lines: [String] = []
        while let end = rest.firstIndex(of: 0x0A) {
            lines.append(String(decoding: rest[..<end], as: UTF8.self))
            rest.removeSubrange(...end)
        }
        let isOver = octets.isEmpty || rest.count > octetsMax
        if octets.isEmpty, !rest.isEmpty { lines.append(String(decoding: rest, as: UTF8.self)) }
        if isOver { rest.removeAll() }
        return lines
    }
}
