import Foundation

/// A server that is measured, or answers those that are.
struct Contender {
    /// What people know it by.
    let name: String
    /// Where it listens on 127.0.0.1.
    let port: UInt16
    private let child: ChildProgram

    /// The octets of every answer's body.
    static let bodyOctets = 100
    /// The host and path of the one request that is measured.
    static let host = "bench.localhost"
    /// Its path.
    static let path = "/page"

    private static let startSecondsMax = 60.0
    private static let lookSeconds = 0.05

    /// Starts the gateway on a log.
    ///
    /// - Parameter name: What to call it in the report.
    /// - Throws: ``BenchFault``.
    static func gateway(
        _ name: String, program: String, log: ForgedLog, core: Int, folder: URL
    ) throws(BenchFault) -> Contender {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw .file(path: program, reason: "is no program; make build makes it")
        }
        let child = try ChildProgram(
            name.replacingOccurrences(of: " ", with: "-"), program: program,
            arguments: [
                "gateway", "--log", log.folder.path, "--community", log.card.path,
                "--state", folder.appendingPathComponent("state").path,
                "--gateway", "127.0.0.1:0", "--loops", "1",
            ], core: core, folder: folder)
        let line = try child.firstLine(within: startSecondsMax)
        guard line.hasPrefix("gateway http://"),
            let port = line.split(separator: ":").last.flatMap({ UInt16($0) })
        else {
            child.end()
            throw .answer(name: name, found: "\"\(line)\"", expected: "gateway http://…:PORT")
        }
        return Contender(name: name, port: port, child: child)
    }

    /// Starts nginx with a configuration of the repository.
    ///
    /// - Parameters:
    ///   - name: What to call it in the report.
    ///   - template: The configuration; its `folder`, `port` and `body` are filled in.
    ///   - values: What else it needs.
    /// - Throws: ``BenchFault``.
    static func nginx(
        _ name: String, template: Template, _ values: [String: String] = [:], core: Int,
        folder: URL
    ) throws(BenchFault) -> Contender {
        let port = try Door.freePort()
        let configuration = folder.appendingPathComponent("nginx.conf")
        try template.write(
            to: configuration,
            values.merging([
                "folder": folder.path, "port": "\(port)",
                "body": String(repeating: "x", count: bodyOctets),
            ]) { $1 })
        let child = try ChildProgram(
            name, program: try Tool.find("nginx", package: "nginx-light"),
            arguments: ["-p", folder.path, "-e", "stderr", "-c", configuration.path],
            core: core, folder: folder)
        return Contender(name: name, port: port, child: child)
    }

    /// Waits until it answers as it should: 200, the whole body, and the fields that each
    /// contender adds.
    ///
    /// - Parameter fields: Fields of the response, in lower case.
    /// - Throws: ``BenchFault`` when it does not within a minute.
    func awaitReady(having fields: [String]) throws(BenchFault) {
        let limit = Date(timeIntervalSinceNow: Self.startSecondsMax)
        while true {
            var found = "nothing"
            // Before it listens the connection is refused, and before its first table it says 503.
            if let answer = try? Door.ask(port: port, host: Self.host, path: Self.path) {
                let missing = fields.filter { !answer.head.contains("\r\n\($0):") }
                if answer.status == 200, answer.bodyOctets == Self.bodyOctets, missing.isEmpty {
                    return
                }
                found = "\(answer.status), \(answer.bodyOctets) octets, without \(missing)"
            }
            guard child.isRunning else { throw child.fault("ended") }
            guard Date() < limit else {
                end()
                throw .answer(
                    name: name, found: found,
                    expected: "200, \(Self.bodyOctets) octets, with \(fields)")
            }
            Thread.sleep(forTimeInterval: Self.lookSeconds)
        }
    }

    /// What it has spent so far.
    ///
    /// - Throws: ``BenchFault`` when it is gone.
    func cpuTime() throws(BenchFault) -> CPUTime {
        guard child.isRunning else { throw child.fault("ended in the middle") }
        return try CPUTime.ofFamily(child.id)
    }

    /// Ends it.
    func end() { child.end() }
}
