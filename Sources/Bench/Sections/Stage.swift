import Foundation

/// What all sections need: the cores, the engine, and how contenders are started.
struct Stage {
    let options: BenchOptions
    let cores: Cores
    let engine: Engine
    /// Whether the gateway can write an access log.
    let canLog: Bool
    private let folder: URL

    /// Routes of the table that is measured beside others.
    static let routes = 10
    private static let helpSecondsMax = 20.0

    /// Prepares a run.
    ///
    /// - Parameter folder: A temporary folder of its own.
    /// - Throws: ``BenchFault``.
    init(_ options: BenchOptions, folder: URL) throws(BenchFault) {
        self.options = options
        self.folder = folder
        cores = try Cores()
        let place = try Self.subfolder("start", of: folder)
        try cores.bindLoad(folder: place)
        engine = try Engine()
        let help = try ChildProgram(
            "help", program: options.program, arguments: ["gateway", "--help"], core: cores.load,
            folder: place)
        canLog = try help.result(within: Self.helpSecondsMax).contains("--access-log")
    }

    /// Where this is measured, for who reads the figures elsewhere.
    ///
    /// - Throws: ``BenchFault/figures(path:)``.
    func circumstances() throws(BenchFault) -> String {
        let load = try KernelText.read("/proc/loadavg").split(separator: " ").prefix(3)
        let kernel = try KernelText.read("/proc/sys/kernel/osrelease").split(separator: "\n")
        let control = try KernelText.read("/proc/sys/net/ipv4/tcp_congestion_control")
            .split(separator: "\n")
        var lines = [
            "Linux \(kernel.first ?? ""), load average \(load.joined(separator: " ")); "
                + "contenders on core \(cores.contender), load and backend on core \(cores.load)",
            "congestion control \(control.first ?? ""); \(options.rounds) rounds of "
                + "\(String(format: "%g", options.roundSeconds)) s in turn, medians",
        ]
        if cores.areShared {
            lines.append("there is one core only: the contenders share it with their load")
        }
        return lines.joined(separator: "\n")
    }

    /// Lets contenders do something, and ends them whatever comes of it.
    ///
    /// - Parameters:
    ///   - peers: Who stands beside the gateway.
    ///   - label: Tells their folders from those of other sections.
    func with<Result>(
        _ peers: [Peer], isLogged: Bool = false, label: String,
        _ body: ([Contender]) throws(BenchFault) -> Result
    ) throws(BenchFault) -> Result {
        var contenders: [Contender] = []
        defer { for contender in contenders { contender.end() } }
        let place = try subfolder("gateway-\(label)")
        let log = try ForgedLog(
            routes: Self.routes, backendPort: engine.port, folder: place)
        contenders.append(try gateway("commonway", log, folder: place, isLogged: isLogged))
        for peer in peers {
            contenders.append(
                try Contender.peer(
                    peer, templates: options.templates, backend: engine.port, isLogged: isLogged,
                    core: cores.contender, folder: try subfolder("\(peer.rawValue)-\(label)")))
        }
        return try body(contenders)
    }

    /// Starts a gateway.
    ///
    /// - Parameters:
    ///   - isLogged: Whether it writes an access log, into its folder.
    ///   - source: The log's address; nil when it reads the folder.
    ///   - flags: Beside those that every gateway gets.
    /// - Throws: ``BenchFault``.
    func gateway(
        _ name: String, _ log: ForgedLog, folder: URL, isLogged: Bool = false,
        environment: [String: String] = [:], source: String? = nil, flags: [String] = []
    ) throws(BenchFault) -> Contender {
        // Said where it can be, since the environment could ask for a log too.
        let withoutLog = canLog && !isLogged ? ["--access-log", "none"] : []
        return try Contender.gateway(
            Contender.GatewayStart(
                name: name, program: options.program, log: log.published, source: source,
                folder: folder, flags: options.gatewayFlags + withoutLog + flags,
                accessLog: isLogged ? folder.appendingPathComponent("access.log") : nil,
                environment: environment),
            cores: [cores.contender])
    }

    /// A folder of its own for somebody.
    ///
    /// - Throws: ``BenchFault/file(path:reason:)``.
    func subfolder(_ name: String) throws(BenchFault) -> URL {
        try Self.subfolder(name, of: folder)
    }

    private static func subfolder(_ name: String, of folder: URL) throws(BenchFault) -> URL {
        let place = folder.appendingPathComponent(name, isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        } catch {
            throw .file(path: place.path, reason: "cannot be made: \(error)")
        }
        return place
    }
}
