import Foundation

/// One run of Bench: its folder, its programs, and what they showed.
struct Measurement {
    private let options: BenchOptions
    private let cores: Cores
    private let folder: URL

    /// Routes of the table that nginx is compared with, and of the small table.
    private static let routesFew = 10
    /// Routes of the large table.
    private static let routesMany = 10_000
    /// Before the first round: connections are made, memory is touched.
    private static let warmUpSeconds = 1
    /// What every contender adds to a response.
    private static let fieldsAdded = ["via", "commonway-route"]

    /// Prepares a run.
    ///
    /// - Parameter folder: A temporary folder of its own.
    /// - Throws: ``BenchFault``.
    init(_ options: BenchOptions, folder: URL) throws(BenchFault) {
        self.options = options
        self.folder = folder
        cores = try Cores()
    }

    /// Where this was measured, for who reads the figures elsewhere.
    ///
    /// - Throws: ``BenchFault/figures(path:)``.
    func circumstances() throws(BenchFault) -> String {
        let load = try KernelText.read("/proc/loadavg").split(separator: " ").prefix(3)
        let kernel = try KernelText.read("/proc/sys/kernel/osrelease").split(separator: "\n")
        var lines = [
            "Linux \(kernel.first ?? ""), load average \(load.joined(separator: " ")); "
                + "contenders on core \(cores.contender), load on core \(cores.load), "
                + "backend on core \(cores.backend)",
            "\(Load.connections) connections kept, bodies of \(Contender.bodyOctets) octets, "
                + "\(options.rounds) rounds of \(options.roundSeconds) s in turn, medians",
        ]
        if cores.areShared {
            lines.append("there is one core only: the contenders share it with their load")
        }
        return lines.joined(separator: "\n")
    }

    /// Measures everything that was asked for, and hands over each comparison as it is done.
    ///
    /// - Throws: ``BenchFault`` when something did not run.
    func run(_ done: (Comparison) -> Void) throws(BenchFault) {
        let backend = try Contender.nginx(
            "backend", template: Template("backend.conf", in: options.templates),
            core: cores.backend, folder: try subfolder("backend"))
        defer { backend.end() }
        try backend.awaitReady(having: [])
        let few = try gateway("commonway", routes: Self.routesFew, backend: backend)
        defer { few.end() }
        done(try besideNginx(few, backend: backend))
        if options.comparesTables { done(try besideMany(few, backend: backend)) }
    }

    private func besideNginx(
        _ ours: Contender, backend: Contender
    ) throws(BenchFault) -> Comparison {
        let nginx = try Contender.nginx(
            "nginx", template: Template("nginx.conf", in: options.templates),
            ["backend": "\(backend.port)"], core: cores.contender, folder: try subfolder("nginx"))
        defer { nginx.end() }
        try nginx.awaitReady(having: Self.fieldsAdded)
        return try compare(
            Comparison(
                title: "beside nginx", label: "nginx", ours: Series(name: ours.name),
                peer: Series(name: nginx.name), goal: 0.85),
            ours, nginx, routes: 0, backend: backend)
    }

    private func besideMany(
        _ few: Contender, backend: Contender
    ) throws(BenchFault) -> Comparison {
        let many = try gateway("commonway 10,000", routes: Self.routesMany, backend: backend)
        defer { many.end() }
        // Both take their turns over all routes that they have; the script costs the load's core.
        return try compare(
            Comparison(
                title: "10,000 routes beside 10", label: "routes_10000",
                ours: Series(name: "with 10,000 routes"), peer: Series(name: "with 10 routes"),
                goal: 1.10),
            many, few, routes: Self.routesMany, peerRoutes: Self.routesFew, backend: backend)
    }

    /// Lets two contenders take their turns, each first in every second round.
    private func compare(
        _ comparison: Comparison, _ ours: Contender, _ peer: Contender, routes: Int,
        peerRoutes: Int = 0, backend: Contender
    ) throws(BenchFault) -> Comparison {
        var comparison = comparison
        let template = try Template("load.lua", in: options.templates)
        let load = try Load(
            routes: routes, template: template, core: cores.load, folder: folder)
        let peerLoad = try Load(
            routes: peerRoutes, template: template, core: cores.load, folder: folder)
        _ = try load.run(on: ours, seconds: Self.warmUpSeconds)
        _ = try peerLoad.run(on: peer, seconds: Self.warmUpSeconds)
        func turn(_ contender: Contender, _ load: Load) throws(BenchFault) -> Round {
            try Round.take(
                contender, load: load, backend: backend, cores: cores,
                seconds: options.roundSeconds)
        }
        for round in 0..<options.rounds {
            if round % 2 == 0 { comparison.ours.add(try turn(ours, load)) }
            comparison.peer.add(try turn(peer, peerLoad))
            if round % 2 == 1 { comparison.ours.add(try turn(ours, load)) }
        }
        return comparison
    }

    private func gateway(
        _ name: String, routes: Int, backend: Contender
    ) throws(BenchFault) -> Contender {
        let place = try subfolder("gateway-\(routes)")
        let log = try ForgedLog(routes: routes, backendPort: backend.port, folder: place)
        let gateway = try Contender.gateway(
            name, program: options.program, log: log, core: cores.contender, folder: place)
        try gateway.awaitReady(having: Self.fieldsAdded)
        return gateway
    }

    private func subfolder(_ name: String) throws(BenchFault) -> URL {
        let place = folder.appendingPathComponent(name, isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        } catch {
            throw .file(path: place.path, reason: "cannot be made: \(error)")
        }
        return place
    }
}
