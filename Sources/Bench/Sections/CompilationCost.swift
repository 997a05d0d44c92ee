import CanonicalJSON
import Foundation
import Glibc
import Routing

/// What compiling a large table costs, in time on a core and in memory.
enum CompilationCost {
    private static let routes = 100_000
    private static let goalMs = 1_000.0
    private static let goalMebibytes = 100.0
    private static let octetsPerMebibyte = Double(1 << 20)
    private static let turns = 3

    /// What one table came to.
    private struct Sample {
        let milliseconds: Double
        /// Memory taken at the most while it was compiled, and afterwards.
        let mebibytesMost: Double
        let mebibytesKept: Double
    }

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ tell: (Finding) -> Void) throws(BenchFault) {
        var lines = [
            Report.line(
                "100,000 routes compiled", ["ms", "most", "MiB most", "MiB kept"])
        ]
        var figures: [Figure] = []
        var isReached = true
        let kinds: [(String, JSONValue?)] = [("plain", nil), ("filtered", RouteValues.filters)]
        for (name, filters) in kinds {
            let samples = try samples(RouteValues.apart(routes, filters: filters))
            let ms = Statistics.median(samples.map(\.milliseconds))
            let mebibytes = samples.map(\.mebibytesMost).max() ?? 0
            let most = samples.map(\.milliseconds).max() ?? 0
            let kept = samples.map(\.mebibytesKept).max() ?? 0
            let cells: [Double] = [ms, most, mebibytes, kept]
            lines.append(
                Report.line("  \(name)", cells.map { String(format: "%.1f", $0) }))
            figures += [
                Figure("compilation.\(name)_ms", ours: ms, peer: "goal", value: goalMs),
                Figure(
                    "compilation.\(name)_mib", ours: mebibytes, peer: "goal", value: goalMebibytes),
            ]
            isReached = isReached && ms < goalMs && mebibytes < goalMebibytes
        }
        lines.append(
            "time on a core (goals: \(Int(goalMs)) ms, \(Int(goalMebibytes)) MiB; "
                + "\(isReached ? "reached" : "missed"))")
        tell(Finding(lines.joined(separator: "\n"), figures))
    }

    private static func samples(_ routes: [JSONValue]) throws(BenchFault) -> [Sample] {
        let documents = try RouteValues.documents(routes)
        // All are kept: the first may live in what was freed before, the others cannot.
        var tables: [RouteTable] = []
        var samples: [Sample] = []
        for _ in 0..<turns {
            let before = try ResidentMemory.of(getpid())
            try ResidentMemory.forgetPeak()
            let watch = Stopwatch()
            tables.append(RouteTable(compiling: documents))
            let milliseconds = watch.milliseconds
            let most = try ResidentMemory.peak() - before
            let kept = try ResidentMemory.of(getpid()) - before
            samples.append(
                Sample(
                    milliseconds: milliseconds, mebibytesMost: Double(most) / octetsPerMebibyte,
                    mebibytesKept: Double(kept) / octetsPerMebibyte))
        }
        withExtendedLifetime(tables) {}
        return samples
    }
}
