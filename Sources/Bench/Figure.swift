import Foundation

/// One line of `.build/bench.json`: a figure of ours beside a peer's.
struct Figure: Encodable {
    /// What was measured, with its unit.
    let name: String
    /// Our figure.
    let ours: Double
    /// Who it stands beside.
    let peer: String
    /// The peer's figure.
    let value: Double
    /// Ours over the peer's.
    let ratio: Double

    /// The figures of a comparison.
    static func all(of comparison: Comparison) -> [Figure] {
        let kinds: [(String, (Round) -> Double)] = [
            ("cpu_us_per_request", \.cpu), ("user_us_per_request", \.user),
            ("system_us_per_request", \.system), ("requests_per_second", \.rate),
            ("p50_us", \.p50), ("p99_us", \.p99),
        ]
        let (ours, peer) = (comparison.ours, comparison.peer)
        return kinds.map { name, figure in
            Figure(
                name: "\(comparison.label).\(name)", ours: rounded(ours.median(figure)),
                peer: peer.name, value: rounded(peer.median(figure)),
                ratio: rounded(Comparison.ratio(ours, peer, figure)))
        }
    }

    /// Writes figures as a JSON array.
    ///
    /// - Throws: ``BenchFault/file(path:reason:)``.
    static func write(_ figures: [Figure], to path: String) throws(BenchFault) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let file = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try (encoder.encode(figures) + Data("\n".utf8)).write(to: file)
        } catch {
            throw .file(path: path, reason: "cannot be written: \(error)")
        }
    }

    /// Three decimals: more would only be noise.
    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
