import Foundation

/// Whether a request fails while the table is swapped again and again, whether a tunnel does, and
/// whether memory stays flat.
enum TableSwaps {
    /// Connections that send all the time.
    private static let connections = 32
    /// Swaps before memory is looked at first.
    private static let warmUps = 20
    /// How long a table may take from its checkpoint to the first response that cites it.
    private static let secondsMax = 20.0

    /// What the swaps came to.
    private struct Outcome {
        var failed = 0
        var answered = 0
        var firstFailure = ""
        var delaysMs: [Double] = []
        var residentBefore = 0
        var residentAfter = 0
        /// Tunnels opened, and those that still echoed at the end; nil where there are none.
        var tunnels: (opened: Int, alive: Int)?
        mutating func fail(_ how: String) {
            failed += 1
            if firstFailure.isEmpty { firstFailure = how }
        }

        /// By which the log grew while memory was watched.
        var logOctets = 0
    }

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        let place = try stage.subfolder("gateway-swaps")
        var log = try ForgedLog(
            routes: Stage.routes, backendPort: stage.engine.port, folder: place)
        let gateway = try stage.gateway("commonway", log, folder: place)
        defer { gateway.end() }
        let load = try stage.engine.open(
            .requests(
                to: gateway.port, connections: connections, RequestTexts(path: Contender.path)))
        let tunnels =
            try EchoedMessages.opensTunnels(stage, [gateway])
            ? try stage.engine.open(.webSockets(to: gateway.port, connections: 1)) : nil
        try load.go(.saturating)
        var outcome = Outcome()
        for turn in 0..<(warmUps + stage.options.swaps) {
            if turn == warmUps {
                outcome.residentBefore = try gateway.residentOctets()
                outcome.logOctets = -log.octets
            }
            outcome.delaysMs.append(try swap(turn, &log, gateway, &outcome))
            if let tunnels { _ = try tunnels.add(1) }
        }
        outcome.residentAfter = try gateway.residentOctets()
        try take(try load.settle(), into: &outcome)
        if let tunnels { outcome.tunnels = try alive(tunnels, opened: outcome.delaysMs.count + 1) }
        outcome.logOctets += log.octets
        try load.close()
        tell(finding(outcome, swaps: stage.options.swaps))
    }

    /// Publishes another table and waits until it is served.
    ///
    /// - Returns: How long that took, milliseconds.
    private static func swap(
        _ turn: Int, _ log: inout ForgedLog, _ gateway: Contender, _ outcome: inout Outcome
    ) throws(BenchFault) -> Double {
        let proposal = try log.swap(turn)
        let start = ContinuousClock().now
        while true {
            let head = ask(gateway, &outcome)
            let waited = (ContinuousClock().now - start) / .milliseconds(1)
            if head.contains("proposal=\(proposal),") { return waited }
            guard waited < secondsMax * 1000 else {
                _ = try gateway.cpuTime()
                throw .answer(
                    name: gateway.name, found: head.isEmpty ? outcome.firstFailure : head,
                    expected: "a citation of proposal \(proposal)")
            }
        }
    }

    /// The head of the answer to one request on a connection of its own; what goes wrong with it
    /// is a failure like those of the load.
    private static func ask(_ gateway: Contender, _ outcome: inout Outcome) -> String {
        do {
            let answer = try Door.ask(
                port: gateway.port, host: Contender.host, path: Contender.path)
            if answer.status != 200 { outcome.fail("status \(answer.status)") }
            return answer.head
        } catch {
            outcome.fail("\(error)")
            return ""
        }
    }

    private static func take(
        _ report: CrowdReport, into outcome: inout Outcome
    ) throws(BenchFault) {
        outcome.failed += report.failed + report.waiting
        outcome.answered = report.answered
        if outcome.firstFailure.isEmpty { outcome.firstFailure = report.firstFailure }
    }

    /// Lets every tunnel echo once more.
    private static func alive(
        _ tunnels: CrowdHandle, opened: Int
    ) throws(BenchFault) -> (opened: Int, alive: Int) {
        try tunnels.go(.once)
        let report = try tunnels.settle()
        try tunnels.close()
        return (opened, report.answered)
    }

    private static func finding(_ outcome: Outcome, swaps: Int) -> Finding {
        let octetsPerMebibyte = Double(1 << 20)
        let (before, after) = (
            Double(outcome.residentBefore) / octetsPerMebibyte,
            Double(outcome.residentAfter) / octetsPerMebibyte
        )
        var lines = [
            "\(swaps) table swaps under load: \(outcome.failed) failed, "
                + "\(outcome.answered) answered (goal: 0 failed; "
                + (outcome.failed == 0 ? "reached)" : "missed: \(outcome.firstFailure))"),
            String(
                format: "  checkpoint to served: median %.0f ms, most %.0f ms; resident %.1f MiB "
                    + "before, %.1f after: %.1f KiB a swap, of which the log has %.1f",
                Statistics.median(outcome.delaysMs), outcome.delaysMs.max() ?? 0, before, after,
                (after - before) * 1024 / Double(swaps),
                Double(outcome.logOctets) / 1024 / Double(swaps)),
        ]
        var figures = [
            Figure("swaps.failed_requests", ours: Double(outcome.failed), peer: "goal", value: 0),
            Figure(
                "swaps.resident_octets", ours: Double(outcome.residentAfter),
                peer: "before the swaps", value: Double(outcome.residentBefore)),
            Figure(
                "swaps.served_after_ms", ours: Statistics.median(outcome.delaysMs),
                peer: "goal at 10,000 routes", value: 50),
        ]
        if let (opened, alive) = outcome.tunnels {
            lines.append(
                "  of \(opened) WebSockets, one opened at each swap, \(alive) still echo (goal: "
                    + "all; \(alive == opened ? "reached" : "missed"))")
            figures.append(
                Figure(
                    "swaps.websockets_lost", ours: Double(opened - alive), peer: "goal", value: 0))
        } else {
            lines.append("  WebSockets across swaps: left out, \(EchoedMessages.leftOut)")
        }
        return Finding(lines.joined(separator: "\n"), figures)
    }
}
