import CanonicalJSON
import Forge
import Foundation
import Governance
import LogReader

/// What a large community costs those who follow it, and what its vote does.
enum LargeCommunity {
    private static let goalCloseMs = 50.0
    private static let goalPerSecond = 10_000.0
    /// How often it is followed: once takes a minute, most of it for `state` entries.
    private static let turns = 1

    /// What reducing entries of one kind took, milliseconds.
    private struct Cost {
        var count = 0
        var sum = 0.0
        var most = 0.0

        mutating func add(_ milliseconds: Double) {
            count += 1
            sum += milliseconds
            most = max(most, milliseconds)
        }
    }

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        let size = stage.options.sizes.community
        let log = try LargeLog(size)
        let published = try PublishedLog(log.forge, in: try stage.subfolder("community"))
        var costs: [[String: Cost]] = []
        var wholes: [ReplayTimes] = []
        for _ in 0..<turns {
            costs.append(try reduce(log.forge.entries))
            wholes.append(try ReplayTimes(of: published, entries: []))
        }
        let perSecond = Statistics.median(wholes.map(\.perSecond))
        var lines = [
            "a community of \(size.members) members, \(size.ballots) ballots on a vote: "
                + "\(log.forge.entries.count) entries, "
                + "\(try published.octets() >> 20) MiB\(stage.options.sizes.note)",
            Report.line("  rules, time on a core", ["entries", "ms in all", "most, ms"]),
        ]
        for kind in kinds {
            let all = costs.compactMap { $0[kind] }
            guard let count = all.first?.count else { continue }
            lines.append(
                Report.line(
                    "    \(kind)",
                    ["\(count)", String(format: "%.1f", Statistics.median(all.map(\.sum)))]
                        + [String(format: "%.2f", Statistics.median(all.map(\.most)))]))
        }
        let close = Statistics.median(costs.compactMap { $0["close"]?.most })
        lines.append(
            String(
                format: "  its vote is tallied and closed in %.2f ms (goal: %.0f ms; %@); replay, "
                    + "all included: %.1f s, %.0f entries a second and core", close, goalCloseMs,
                close <= goalCloseMs ? "reached" : "missed",
                Statistics.median(wholes.map(\.wholeMs)) / 1000, perSecond))
        tell(
            Finding(
                lines.joined(separator: "\n"),
                [
                    Figure("community.close_ms", ours: close, peer: "goal", value: goalCloseMs),
                    Figure(
                        "community.entries_per_second_and_core", ours: perSecond,
                        peer: "goal of a mixed log", value: goalPerSecond),
                ]))
    }

    private static let kinds = [
        "genesis", "founders", "constituted", "join", "state", "propose", "sponsor", "open",
        "ballot", "close", "enact",
    ]

    /// Reduces entries, by kind; a statement's is its act.
    private static func reduce(_ entries: [[UInt8]]) throws(BenchFault) -> [String: Cost] {
        var replay = Replay()
        var costs: [String: Cost] = [:]
        do {
            for octets in entries {
                let checked = try CheckedEntry(octets: octets)
                let kind =
                    checked.signatures?.signed.statement.act.name
                    ?? checked.entry.value["kind"]?.string ?? ""
                let watch = Stopwatch()
                try replay.take(checked)
                costs[kind, default: Cost()].add(watch.milliseconds)
            }
        } catch {
            throw .log("\(error)")
        }
        return costs
    }
}
