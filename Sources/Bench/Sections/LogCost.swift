import Forge
import Foundation
import Governance
import Routing

/// What a long mixed log costs: following it, starting a gateway on it, proving something from it,
/// and keeping a ballot in it.
enum LogCost {
    private static let goalPerSecond = 10_000.0
    private static let goalBallotOctets = 700.0
    private static let turns = 3
    /// Replays, of which the middle one counts.
    private static let replays = 5
    /// How long a gateway may take to keep its snapshot, from its start.
    private static let snapshotSeconds = 120
    /// Statements whose receipts are asked for.
    private static let receiptsMax = 5_000
    private static let receiptSeconds = 2.0

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        let place = try stage.subfolder("log")
        let mixed = try MixedLog(stage.options.sizes.log, backendPort: stage.engine.port)
        let log = try PublishedLog(mixed.forge, in: place)
        tell(try replay(mixed, log, stage))
        for kind in [Start.cold, .resumed] { tell(try start(log, stage, kind)) }
        tell(try ballots(mixed, log))
        tell(try receipts(mixed, stage, place))
    }

    private static func replay(
        _ mixed: MixedLog, _ log: PublishedLog, _ stage: Stage
    ) throws(BenchFault) -> Finding {
        var all: [ReplayTimes] = []
        for _ in 0..<replays {
            all.append(try ReplayTimes(of: log, entries: mixed.forge.entries))
        }
        let perSecond = Statistics.median(all.map(\.perSecond))
        let whole = Statistics.median(all.map { $0.each($0.wholeMs) })
        let reading = Statistics.median(all.map { $0.each($0.readingMs) })
        let verifying = Statistics.median(all.map { $0.each($0.verifyingMs) })
        let entries = mixed.forge.entries.count
        let lines = [
            "replay of \(entries) entries, \(mixed.enactments) of them enactments, "
                + "\(mixed.forge.state.documents.documents.count) documents at the end"
                + stage.options.sizes.note,
            Report.line("", ["entries/s", "µs an entry", "reading", "signatures", "the rest"]),
            Report.line(
                "  time on a core",
                [perSecond].map { String(format: "%.0f", $0) }
                    + [whole, reading, verifying, whole - reading - verifying].map {
                        String(format: "%.1f", $0)
                    }),
            "  the rest: files, hashes, rules and plans (goal: \(Int(goalPerSecond)) entries a "
                + "second and core; \(perSecond >= goalPerSecond ? "reached" : "missed"))",
        ]
        return Finding(
            lines.joined(separator: "\n"),
            [
                Figure(
                    "replay.entries_per_second_and_core", ours: perSecond, peer: "goal",
                    value: goalPerSecond)
            ])
    }

    /// What a gateway begins with.
    private enum Start: String {
        /// Nothing: it replays the log.
        case cold
        /// The snapshot that a cold start before kept.
        case resumed

        /// Seconds until it serves, at most.
        var goal: Double { self == .cold ? 10 : 1 }
        var words: String {
            self == .cold
                ? "cold start of a gateway on that log" : "start of a gateway from its snapshot"
        }
    }

    /// From the start of the program to the first request served, on all cores.
    private static func start(
        _ log: PublishedLog, _ stage: Stage, _ kind: Start
    ) throws(BenchFault) -> Finding {
        var seconds: [Double] = []
        var cpu: [Double] = []
        for turn in 0..<turns {
            let folder = try stage.subfolder("log/gateway-\(turn)")
            let begin = ContinuousClock().now
            let gateway = try Contender.gateway(
                Contender.GatewayStart(
                    program: stage.options.program, log: log, folder: folder,
                    flags: stage.options.gatewayFlags, loops: stage.cores.all.count),
                cores: stage.cores.all)
            defer { gateway.end() }
            seconds.append((ContinuousClock().now - begin) / .seconds(1))
            cpu.append(try gateway.cpuTime().total)
            // It serves first, and keeps its snapshot then.
            let snapshot = folder.appendingPathComponent("state/snapshot.json").path
            let deadline = begin + .seconds(snapshotSeconds)
            while !FileManager.default.fileExists(atPath: snapshot),
                ContinuousClock().now < deadline
            {
                Thread.sleep(forTimeInterval: 0.01)
            }
            // Without it the next start would be another cold one under the other's name.
            guard FileManager.default.fileExists(atPath: snapshot) else {
                throw .answer(
                    name: "gateway", found: "no \(snapshot)",
                    expected: "a snapshot within \(snapshotSeconds) s")
            }
        }
        let median = Statistics.median(seconds)
        return Finding(
            String(
                format: "\(kind.words), from exec to the first 200: median "
                    + "%.2f s, most %.2f s, %.2f s of processor time (goal: %.0f s; %@)",
                median, seconds.max() ?? 0, Statistics.median(cpu), kind.goal,
                median <= kind.goal ? "reached" : "missed"),
            [
                Figure(
                    "start.\(kind.rawValue)_seconds", ours: median, peer: "goal",
                    value: kind.goal)
            ])
    }

    private static func ballots(
        _ mixed: MixedLog, _ log: PublishedLog
    ) throws(BenchFault) -> Finding {
        let entries = mixed.forge.entries
        let octets = mixed.ballots.map { Double(entries[$0].count) }
        let mean = octets.reduce(0, +) / Double(max(1, octets.count))
        // What the tiles have beside the entries: lengths, and hashes on every level.
        let beside = try log.octets() - entries.reduce(0) { $0 + $1.count }
        let each = mean + Double(beside) / Double(max(1, entries.count))
        return Finding(
            String(
                format: "a ballot in that log: %.0f octets, the longest %.0f, and %.1f of tiles: "
                    + "%.0f (goal: %.0f; %@)",
                mean, octets.max() ?? 0, each - mean, each, goalBallotOctets,
                each <= goalBallotOctets ? "reached" : "missed"),
            [
                Figure(
                    "ballot.octets_in_log", ours: each, peer: "goal", value: goalBallotOctets)
            ])
    }

    private static func receipts(
        _ mixed: MixedLog, _ stage: Stage, _ place: URL
    ) throws(BenchFault) -> Finding {
        let council = try CouncilHost(
            mixed.forge, on: stage, folder: try stage.subfolder("log/council"))
        defer { council.end() }
        let every = max(1, mixed.ballots.count / receiptsMax)
        var requests: [[UInt8]] = []
        do {
            for place in stride(from: 0, to: mixed.ballots.count, by: every) {
                let octets = mixed.forge.entries[mixed.ballots[place]]
                guard let hash = try CheckedEntry(octets: octets).statementHash else { continue }
                requests.append(
                    Array("GET /api/v1/receipts/\(hash) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8))
            }
        } catch {
            throw .log("\(error)")
        }
        let crowd = try stage.engine.open(
            .requests(to: council.port, connections: 1, RequestTexts(requests)))
        try crowd.go(.saturating)
        Thread.sleep(forTimeInterval: receiptSeconds)
        let report = try crowd.settle()
        try crowd.close()
        guard report.failed == 0 else {
            throw .answer(
                name: "council", found: report.firstFailure, expected: "receipts without failure")
        }
        let (p50, p99) = (report.latencies.percentile(0.5), report.latencies.percentile(0.99))
        return Finding(
            String(
                format: "receipts (inclusion proofs) from that log over HTTP, one at a time: p50 "
                    + "%.0f µs, p99 %.0f µs of \(report.answered)", p50, p99),
            [
                Figure("receipt.p50_us", ours: p50, peer: "p99", value: p99)
            ])
    }
}
