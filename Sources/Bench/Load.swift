import Foundation

/// Requests over connections that are kept, made by wrk on a core of its own.
struct Load {
    /// What one run of it saw.
    struct Result {
        /// Responses that came whole.
        let requests: Int
        /// How long it ran, seconds.
        let seconds: Double
        /// Half of the requests were answered within so many microseconds.
        let p50: Double
        /// 99 of 100 were.
        let p99: Double
    }

    /// Connections, all of them busy all the time.
    static let connections = 64

    /// Beyond the length of a run: connecting, and the last answers.
    private static let graceSeconds = 20.0

    private let script: URL
    private let core: Int
    private let folder: URL

    /// Prepares a load.
    ///
    /// - Parameters:
    ///   - routes: Over how many routes of ``ForgedLog`` the requests take turns; 0 for the one
    ///     request of ``Contender``.
    ///   - template: The script of wrk.
    /// - Throws: ``BenchFault/file(path:reason:)``.
    init(routes: Int, template: Template, core: Int, folder: URL) throws(BenchFault) {
        script = folder.appendingPathComponent("load-\(routes).lua")
        self.core = core
        self.folder = folder
        try template.write(to: script, ["routes": "\(routes)"])
    }

    /// Runs it once.
    ///
    /// - Throws: ``BenchFault`` when a request fails: figures of failures are worth nothing.
    func run(on contender: Contender, seconds: Int) throws(BenchFault) -> Result {
        let child = try ChildProgram(
            "wrk", program: try Tool.find("wrk", package: "wrk"),
            arguments: [
                "--threads", "1", "--connections", "\(Self.connections)",
                "--duration", "\(seconds)s", "--latency", "--script", script.path,
                "--header", "Host: \(Contender.host)",
                "http://127.0.0.1:\(contender.port)\(Contender.path)",
            ], core: core, folder: folder)
        let text = try child.result(within: Double(seconds) + Self.graceSeconds)
        let numbers = text.split(separator: "\n").last { $0.hasPrefix("load ") }?
            .split(separator: " ").dropFirst().compactMap { Int($0) }
        guard let numbers, numbers.count == 5, numbers[0] > 0, numbers[2] > 0 else {
            throw child.fault("did not say what it saw")
        }
        guard numbers[1] == 0 else {
            // A contender that is gone is the better reason.
            _ = try contender.cpuTime()
            throw .answer(
                name: contender.name, found: "\(numbers[1]) failures, \(numbers[0]) responses",
                expected: "no failure")
        }
        return Result(
            requests: numbers[0], seconds: Double(numbers[2]) / 1_000_000,
            p50: Double(numbers[3]), p99: Double(numbers[4]))
    }
}
