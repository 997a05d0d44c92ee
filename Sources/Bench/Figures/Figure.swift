import Foundation

/// One line of `.build/bench.json`: a figure of ours beside a peer's, or beside a goal.
struct Figure: Encodable {
    /// What was measured, with its unit.
    let name: String
    /// Our figure.
    let ours: Double
    /// Who it stands beside; `goal` when it is not another gateway.
    let peer: String
    /// The peer's figure.
    let value: Double
    /// Ours over the peer's; 1 when both are 0, null when only the peer's is.
    let ratio: Double?

    /// A figure and what it is measured by.
    init(_ name: String, ours: Double, peer: String, value: Double) {
        self.name = name
        self.ours = Self.rounded(ours)
        self.peer = peer
        self.value = Self.rounded(value)
        ratio = value != 0 ? Self.rounded(ours / value) : ours == 0 ? 1 : nil
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(ours, forKey: .ours)
        try fields.encode(peer, forKey: .peer)
        try fields.encode(value, forKey: .value)
        try fields.encode(ratio, forKey: .ratio)
    }

    private enum CodingKeys: String, CodingKey {
        case name, ours, peer, value, ratio
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
