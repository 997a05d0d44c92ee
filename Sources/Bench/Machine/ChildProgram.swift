import Foundation
import Glibc

/// A program that runs beside the measurement, bound to cores.
///
/// The kernel ends it when this process goes, however that happens. What it prints goes to files,
/// so that it never waits for somebody who reads.
final class ChildProgram {
    /// What people know it by.
    let name: String
    /// Its process number.
    var id: Int32 { process.processIdentifier }
    /// Whether it runs.
    var isRunning: Bool { process.isRunning }

    private let process = Process()
    private let output: URL
    private let errors: URL

    /// How long an ending may take before it is forced.
    private static let endSecondsMax = 5.0
    /// How often to look whether something has happened.
    private static let lookSeconds = 0.01
    /// How much of its last words is repeated.
    private static let wordsMax = 2000

    /// Starts it.
    ///
    /// - Parameters:
    ///   - name: What people know it by; also the name of its files.
    ///   - program: The executable, a path.
    ///   - environment: What it finds beside this process's environment.
    ///   - cores: Where it runs, and nowhere else.
    ///   - folder: Where its output goes.
    /// - Throws: ``BenchFault``.
    init(
        _ name: String, program: String, arguments: [String],
        environment: [String: String] = [:], cores: Set<Int>, folder: URL
    ) throws(BenchFault) {
        self.name = name
        output = folder.appendingPathComponent("\(name).out")
        errors = folder.appendingPathComponent("\(name).err")
        process.executableURL = URL(
            fileURLWithPath: try Tool.find("setpriv", package: "util-linux"))
        process.arguments =
            [
                "--pdeathsig", "SIGTERM", try Tool.find("taskset", package: "util-linux"),
                "--cpu-list", cores.sorted().map(String.init).joined(separator: ","), program,
            ] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        do {
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try Self.opened(output)
            process.standardError = try Self.opened(errors)
            try process.run()
        } catch {
            throw .child(name: name, reason: "cannot be started: \(error)", words: "")
        }
    }

    /// Starts it on one core.
    ///
    /// - Throws: ``BenchFault``.
    convenience init(
        _ name: String, program: String, arguments: [String],
        environment: [String: String] = [:], core: Int, folder: URL
    ) throws(BenchFault) {
        try self.init(
            name, program: program, arguments: arguments, environment: environment, cores: [core],
            folder: folder)
    }

    private static func opened(_ file: URL) throws -> FileHandle {
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }

    /// Waits for its first line on standard output.
    ///
    /// - Throws: ``BenchFault/child(name:reason:words:)`` when it ends before, or is too slow.
    func firstLine(within seconds: Double) throws(BenchFault) -> String {
        let limit = Date(timeIntervalSinceNow: seconds)
        while true {
            let text = try printed()
            if let end = text.firstIndex(of: "\n") { return String(text[..<end]) }
            guard isRunning else { throw fault("ended before it said a word") }
            guard Date() < limit else { throw fault("said nothing in \(Int(seconds)) s") }
            Thread.sleep(forTimeInterval: Self.lookSeconds)
        }
    }

    /// Waits for its end.
    ///
    /// - Returns: What it printed to standard output.
    /// - Throws: ``BenchFault/child(name:reason:words:)`` when it fails or is too slow.
    func result(within seconds: Double) throws(BenchFault) -> String {
        let limit = Date(timeIntervalSinceNow: seconds)
        while isRunning {
            guard Date() < limit else {
                end()
                throw fault("did not end in \(Int(seconds)) s")
            }
            Thread.sleep(forTimeInterval: Self.lookSeconds)
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw fault("failed with status \(process.terminationStatus)")
        }
        return try printed()
    }

    /// Ends it and waits until it is gone.
    func end() {
        guard isRunning else { return }
        process.terminate()
        let limit = Date(timeIntervalSinceNow: Self.endSecondsMax)
        while isRunning, Date() < limit { Thread.sleep(forTimeInterval: Self.lookSeconds) }
        if isRunning { _ = kill(id, SIGKILL) }
    }

    /// A fault of this program, with what it said last.
    func fault(_ reason: String) -> BenchFault {
        let words = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
        return .child(name: name, reason: reason, words: String(words.suffix(Self.wordsMax)))
    }

    private func printed() throws(BenchFault) -> String {
        do {
            return try String(contentsOf: output, encoding: .utf8)
        } catch {
            throw .file(path: output.path, reason: "cannot be read: \(error)")
        }
    }
}

/// Programs of the system that a measurement needs.
enum Tool {
    /// The path of one.
    ///
    /// - Parameter package: Debian's package of it, for who has to install it.
    /// - Throws: ``BenchFault/missing(program:package:)``.
    static func find(_ name: String, package: String) throws(BenchFault) -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        // Debian keeps servers where ordinary users do not look.
        let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
        for folder in folders {
            let file = "\(folder)/\(name)"
            if FileManager.default.isExecutableFile(atPath: file) { return file }
        }
        throw .missing(program: name, package: package)
    }
}
