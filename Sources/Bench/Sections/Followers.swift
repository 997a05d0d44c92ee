import Foundation

/// How long it takes from a published checkpoint until many gateways serve what it says, each of
/// which follows the log over HTTP by asking once a second.
enum Followers {
    private static let gateways = 10
    private static let pollMs = 1000
    /// What the slowest may need.
    private static let goalMs = 2000.0
    /// Enactments for each round of the bench.
    private static let enactmentsPerRound = 4
    private static let secondsMax = 20.0
    private static let lookSeconds = 0.005

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        let place = try stage.subfolder("followers")
        var log = try ForgedLog(
            routes: Stage.routes, backendPort: stage.engine.port, folder: place)
        let (files, address) = try serve(log, stage, folder: place)
        defer { files.end() }
        var followers: [Contender] = []
        defer { for follower in followers { follower.end() } }
        for number in 1...gateways {
            followers.append(
                try stage.gateway(
                    "follower \(number)", log,
                    folder: try stage.subfolder("follower-\(number)"),
                    source: address, flags: ["--poll", "\(pollMs)"]))
        }
        var delaysMs: [Double] = []
        for turn in 0..<(stage.options.rounds * enactmentsPerRound) {
            let proposal = try log.swap(turn)
            delaysMs += try delays(until: proposal, followers)
        }
        tell(finding(delaysMs))
    }

    /// Lets nginx serve the log's files.
    ///
    /// - Returns: Its process, and the log's address.
    private static func serve(
        _ log: ForgedLog, _ stage: Stage, folder: URL
    ) throws(BenchFault) -> (ChildProgram, String) {
        let port = try Door.freePort()
        let configuration = folder.appendingPathComponent("files.conf")
        try Template("files.conf", in: stage.options.templates).write(
            to: configuration,
            ["folder": folder.path, "port": "\(port)", "log": log.published.folder.path])
        let nginx = try ChildProgram(
            "files", program: try Tool.find("nginx", package: "nginx-light"),
            arguments: ["-p", folder.path, "-e", "stderr", "-c", configuration.path],
            core: stage.cores.load, folder: folder)
        let limit = Date(timeIntervalSinceNow: secondsMax)
        while (try? Door.ask(port: port, host: "127.0.0.1", path: "/checkpoint"))?.status != 200 {
            guard nginx.isRunning, Date() < limit else {
                nginx.end()
                throw nginx.fault("does not serve the log's files")
            }
            Thread.sleep(forTimeInterval: lookSeconds)
        }
        return (nginx, "http://127.0.0.1:\(port)/")
    }

    /// Asks all that do not serve the new table yet, again and again.
    ///
    /// - Returns: For each follower how long it took, milliseconds.
    private static func delays(
        until proposal: Int, _ followers: [Contender]
    ) throws(BenchFault) -> [Double] {
        let start = ContinuousClock().now
        var waiting = followers
        var delaysMs: [Double] = []
        while let next = waiting.first {
            var behind: [Contender] = []
            for follower in waiting {
                let answer = try Door.ask(
                    port: follower.port, host: Contender.host, path: Contender.path)
                if answer.status == 200, answer.head.contains("proposal=\(proposal),") {
                    delaysMs.append((ContinuousClock().now - start) / .milliseconds(1))
                } else {
                    behind.append(follower)
                }
            }
            waiting = behind
            guard (ContinuousClock().now - start) / .seconds(1) < secondsMax else {
                _ = try next.cpuTime()
                throw .answer(
                    name: next.name, found: "\(waiting.count) followers that are behind",
                    expected: "a citation of proposal \(proposal)")
            }
            if !waiting.isEmpty { Thread.sleep(forTimeInterval: lookSeconds) }
        }
        return delaysMs
    }

    private static func finding(_ delaysMs: [Double]) -> Finding {
        let (median, most) = (Statistics.median(delaysMs), delaysMs.max() ?? 0)
        let words = String(
            format: "%d gateways follow a log over HTTP, served by nginx, asking every %d ms:\n"
                + "  checkpoint to served, %d enactments: median %.0f ms, most %.0f ms (goal: "
                + "under %.0f; %@)",
            gateways, pollMs, delaysMs.count / gateways, median, most, goalMs,
            most < goalMs ? "reached" : "missed")
        return Finding(
            words,
            [
                Figure("followers.served_after_ms", ours: median, peer: "goal", value: goalMs),
                Figure("followers.served_after_most_ms", ours: most, peer: "goal", value: goalMs),
            ])
    }
}
