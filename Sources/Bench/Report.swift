import Foundation

/// The figures as people read them.
enum Report {
    private static let nameColumns = 26

    /// The table of a comparison, with what there is to say about it.
    static func text(of comparison: Comparison) -> String {
        let head =
            padded(comparison.title)
            + right(
                "CPU µs", "user", "system", "requests/s", "p50 µs", "p99 µs", "spread",
                "its core", "others")
        let ratio = String(format: "%.2f", comparison.ratio)
        let goal = String(format: "%.2f", comparison.goal)
        var lines = [
            head, line(comparison.ours), line(comparison.peer),
            "\(comparison.ours.name) takes \(ratio) × the CPU time of \(comparison.peer.name)"
                + " (goal: at most \(goal))",
        ]
        if !comparison.noise.isEmpty {
            lines.append(
                "too noisy to judge: \(comparison.noise.joined(separator: "; "))")
        }
        return lines.joined(separator: "\n")
    }

    private static func line(_ series: Series) -> String {
        func number(_ decimals: Int, _ figure: (Round) -> Double) -> String {
            String(format: "%.\(decimals)f", series.median(figure))
        }
        return padded("  " + series.name)
            + right(
                number(2, \.cpu), number(2, \.user), number(2, \.system), number(0, \.rate),
                number(0, \.p50), number(0, \.p99), "\(Percent(series.spread))",
                "\(Percent(series.median(\.coreShare)))",
                "\(Percent(series.median(\.otherShare)))")
    }

    private static func padded(_ text: String) -> String {
        text + String(repeating: " ", count: max(0, nameColumns - text.count))
    }

    private static func right(_ cells: String...) -> String {
        cells.map { String(repeating: " ", count: max(0, 11 - $0.count)) + $0 }.joined()
    }
}
