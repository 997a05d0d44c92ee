import Foundation

/// How many statements a second the council takes through its API, each durable, public and
/// acknowledged before it is answered; and what they cost.
enum DurableStatements {
    private static let goalPerSecond = 5_000.0
    /// Clients that wait for an answer each: what comes meanwhile is one transaction.
    private static let connections = 1024
    private static let lookSeconds = 0.02
    private static let secondsMax = 120.0
    /// Cores that do more than this part of the time something have nothing to spare.
    private static let busyMin = 0.9
    /// From this part of the time on others have a share in the figure.
    private static let othersMax = 0.2

    /// What the measurement came to.
    private struct Outcome {
        let statements: Int
        let seconds: Double
        /// The processor time of each process.
        let costs: [(name: String, time: CPUTime)]
        let busyShare: Double
        let p50: Double
        let p99: Double
    }

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        let box = try BallotBox(stage.options.sizes.ballots)
        let council = try CouncilHost(
            box.forge, on: stage, folder: try stage.subfolder("statements"))
        defer { council.end() }
        var plan = CrowdPlan.requests(
            to: council.port, connections: connections,
            RequestTexts(box.bodies.map { request($0, token: council.token) }))
        plan.status = 201
        plan.repeats = false
        // Each connection hands one ballot in as it is opened.
        let crowd = try stage.engine.open(plan)
        let outcome = try measure(
            crowd, statements: box.bodies.count - connections, council, stage)
        try crowd.close()
        tell(finding(outcome, stage))
    }

    private static func request(_ body: [UInt8], token: String) -> [UInt8] {
        Array(
            ("POST /api/v1/statements HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Authorization: Bearer \(token)\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.count)\r\n\r\n").utf8) + body
    }

    private static func measure(
        _ crowd: CrowdHandle, statements: Int, _ council: CouncilHost, _ stage: Stage
    ) throws(BenchFault) -> Outcome {
        let before = try council.cpuTimes()
        let own = try CPUTime.ofSelfAndEnded()
        let machine = try MachineTime(of: stage.cores.all)
        try crowd.go(.saturating)
        var report = try crowd.look()
        while report.answered + report.failed < statements {
            guard report.seconds < secondsMax else {
                throw .answer(
                    name: "council", found: "\(report.answered) answers",
                    expected: "\(statements) in \(Int(secondsMax)) s")
            }
            Thread.sleep(forTimeInterval: lookSeconds)
            report = try crowd.look()
        }
        guard report.failed == 0 else {
            throw .answer(
                name: "council", found: report.firstFailure, expected: "201 to every ballot")
        }
        let after = try council.cpuTimes()
        let busy = try MachineTime(of: stage.cores.all).busy - machine.busy
        var costs = zip(after, before).map { (name: $0.name, time: $0.time - $1.time) }
        costs.append((name: "load", time: try CPUTime.ofSelfAndEnded() - own))
        return Outcome(
            statements: report.answered, seconds: report.seconds, costs: costs,
            busyShare: busy / report.seconds / Double(stage.cores.all.count),
            p50: report.latencies.percentile(0.5), p99: report.latencies.percentile(0.99))
    }

    /// What kept it from being more, and what the cores could do if they did nothing else.
    private static func bound(_ outcome: Outcome, cores: Int) -> String {
        let ours = outcome.costs.reduce(0) { $0 + $1.time.total }
        let others = max(0, outcome.busyShare - ours / outcome.seconds / Double(cores))
        let processors = outcome.busyShare > busyMin ? "the processors" : "the disk, or by waiting"
        let why = others > othersMax ? "what else runs on the machine" : processors
        let alone = Double(outcome.statements) * Double(cores) / max(ours, 0.001)
        return String(
            format: "  the \(cores) cores were busy for %.0f %% of the time, %.0f %% with others: "
                + "bound by \(why);\n  by its processor time, \(cores) cores of its own do "
                + "%.0f a second", outcome.busyShare * 100, others * 100, alone)
    }

    private static func finding(_ outcome: Outcome, _ stage: Stage) -> Finding {
        let perSecond = Double(outcome.statements) / outcome.seconds
        var lines = [
            String(
                format: "durable statements through the API: %.0f a second (goal: %.0f; %@)",
                perSecond, goalPerSecond, perSecond >= goalPerSecond ? "reached" : "missed")
                + stage.options.sizes.note,
            String(
                format: "  \(outcome.statements) ballots by \(connections) connections; answers "
                    + "after %.1f ms at the median, p99 %.1f ms", outcome.p50 / 1000,
                outcome.p99 / 1000),
            Report.line("  CPU µs a statement", ["user", "system", "cores"]),
        ]
        for (name, time) in outcome.costs {
            let cells = [time.user, time.system].map { $0 * 1_000_000 / Double(outcome.statements) }
            lines.append(
                Report.line(
                    "    \(name)",
                    cells.map { String(format: "%.1f", $0) }
                        + [String(format: "%.2f", time.total / outcome.seconds)]))
        }
        lines.append(bound(outcome, cores: stage.cores.all.count))
        let council = outcome.costs.first { $0.name == "council" }?.time.total ?? 0
        return Finding(
            lines.joined(separator: "\n"),
            [
                Figure(
                    "statements.per_second", ours: perSecond, peer: "goal", value: goalPerSecond),
                Figure(
                    "statements.council_cpu_us",
                    ours: council * 1_000_000 / Double(outcome.statements),
                    peer: "both cores' at the goal", value: 2_000_000 / goalPerSecond),
            ])
    }
}
