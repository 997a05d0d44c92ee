import Foundation

/// A server that is measured.
final class Contender {
    /// What people know it by.
    let name: String
    /// Where it listens on 127.0.0.1.
    let port: UInt16
    private let child: ChildProgram
    /// Where its access log goes, when it writes one.
    private let accessLog: URL?
    /// Its processes: of nginx, master and worker. They are the same from when it is ready on.
    private var family: [Int32] = []

    /// The octets of an ordinary answer's body.
    static let bodyOctets = 100
    /// The host of the one request that is measured.
    static let host = "bench.localhost"
    /// Its path.
    static let path = "/page"
    /// What every contender adds to a response.
    static let fieldsAdded = ["via", "commonway-route"]

    private static let startSecondsMax = 60.0
    private static let lookSeconds = 0.05

    private init(_ name: String, port: UInt16, child: ChildProgram, accessLog: URL?) {
        self.name = name
        self.port = port
        self.child = child
        self.accessLog = accessLog
    }

    /// What a gateway needs to start.
    struct GatewayStart {
        /// What to call it in the report.
        var name = "commonway"
        /// Its program.
        var program: String
        /// The log that it follows.
        var log: PublishedLog
        /// The log's address; nil when it reads the folder.
        var source: String?
        /// Where its state goes.
        var folder: URL
        /// Flags beside those that it always gets.
        var flags: [String] = []
        /// Where its access log goes; nil for none.
        var accessLog: URL?
        /// What it finds in its environment.
        var environment: [String: String] = [:]
        /// How many loops it has.
        var loops = 1
    }

    /// Starts the gateway on a log, and waits until it serves.
    ///
    /// - Throws: ``BenchFault``.
    static func gateway(
        _ start: GatewayStart, cores: Set<Int>
    ) throws(BenchFault) -> Contender {
        guard FileManager.default.isExecutableFile(atPath: start.program) else {
            throw .file(path: start.program, reason: "is no program; make build makes it")
        }
        let child = try ChildProgram(
            start.name.replacingOccurrences(of: " ", with: "-"), program: start.program,
            arguments: [
                "gateway", "--log", start.source ?? start.log.folder.path, "--community",
                start.log.card.path,
                "--state", start.folder.appendingPathComponent("state").path,
                "--gateway", "127.0.0.1:0", "--loops", "\(start.loops)",
            ] + (start.accessLog.map { ["--access-log", $0.path] } ?? []) + start.flags,
            environment: start.environment, cores: cores, folder: start.folder)
        let line = try child.firstLine(within: startSecondsMax)
        guard line.hasPrefix("gateway http://"),
            let port = line.split(separator: ":").last.flatMap({ UInt16($0) })
        else {
            child.end()
            throw .answer(name: start.name, found: "\"\(line)\"", expected: "gateway http://…:PORT")
        }
        let gateway = Contender(
            start.name, port: port, child: child, accessLog: start.accessLog)
        try gateway.awaitReady()
        return gateway
    }

    /// Starts another gateway with its configuration of the repository, and waits until it serves.
    ///
    /// - Parameters:
    ///   - templates: The folder of the configurations.
    ///   - backend: The backend's port.
    ///   - isLogged: Whether it writes an access log.
    ///   - folder: Where it keeps what it keeps.
    /// - Throws: ``BenchFault``.
    static func peer(
        _ peer: Peer, templates: String, backend: UInt16, isLogged: Bool, core: Int, folder: URL
    ) throws(BenchFault) -> Contender {
        let port = try Door.freePort()
        let file = folder.appendingPathComponent(peer.configuration)
        try Template(peer.configuration, in: templates).write(
            to: file,
            [
                "folder": folder.path, "port": "\(port)", "backend": "\(backend)",
                "logged": isLogged ? "" : "# ", "unlogged": isLogged ? "# " : "",
            ])
        let child = try ChildProgram(
            peer.rawValue, program: try Tool.find(peer.rawValue, package: peer.package),
            arguments: peer.arguments(configuration: file.path, folder: folder.path),
            environment: peer.environment(folder: folder.path), core: core, folder: folder)
        let contender = Contender(
            peer.rawValue, port: port, child: child,
            accessLog: isLogged ? folder.appendingPathComponent(peer.accessLog) : nil)
        try contender.awaitReady()
        return contender
    }

    /// Waits until it answers as it should: 200, the whole body, and the fields that each
    /// contender adds.
    private func awaitReady() throws(BenchFault) {
        let limit = Date(timeIntervalSinceNow: Self.startSecondsMax)
        while true {
            var found = "nothing"
            // Before it listens the connection is refused, and before its first table it says 503.
            if let answer = try? Door.ask(port: port, host: Self.host, path: Self.path) {
                let missing = Self.fieldsAdded.filter { !answer.head.contains("\r\n\($0):") }
                if answer.status == 200, answer.bodyOctets == Self.bodyOctets, missing.isEmpty {
                    family = [child.id] + (try ProcessFields.children(of: child.id))
                    return
                }
                found = "\(answer.status), \(answer.bodyOctets) octets, without \(missing)"
            }
            guard child.isRunning else { throw child.fault("ended") }
            guard Date() < limit else {
                end()
                throw .answer(
                    name: name, found: found,
                    expected: "200, \(Self.bodyOctets) octets, with \(Self.fieldsAdded)")
            }
            Thread.sleep(forTimeInterval: Self.lookSeconds)
        }
    }

    /// What it has spent so far.
    ///
    /// - Throws: ``BenchFault`` when it is gone.
    func cpuTime() throws(BenchFault) -> CPUTime {
        guard child.isRunning else { throw child.fault("ended in the middle") }
        var sum = CPUTime()
        for id in family { sum = sum + (try CPUTime.of(process: id)) }
        return sum
    }

    /// Octets of it that lie in memory now.
    ///
    /// - Throws: ``BenchFault`` when it is gone.
    func residentOctets() throws(BenchFault) -> Int {
        var sum = 0
        for id in family { sum += try ResidentMemory.of(id) }
        return sum
    }

    /// Takes all lines out of its access log, so that rounds do not fill the disk.
    ///
    /// - Returns: How many there were; nil when it writes none.
    /// - Throws: ``BenchFault/file(path:reason:)`` when there is no log where there should be one.
    func takeLogLines() throws(BenchFault) -> Int? {
        guard let accessLog else { return nil }
        // Who writes it beside the requests may be a little behind.
        Thread.sleep(forTimeInterval: Self.lookSeconds)
        do {
            let octets = [UInt8](try Data(contentsOf: accessLog))
            let file = try FileHandle(forWritingTo: accessLog)
            try file.truncate(atOffset: 0)
            try file.close()
            return octets.count { $0 == 10 }
        } catch {
            throw .file(path: accessLog.path, reason: "cannot be emptied: \(error)")
        }
    }

    /// The process that was started.
    var id: Int32 { child.id }

    /// Ends it.
    func end() { child.end() }
}
