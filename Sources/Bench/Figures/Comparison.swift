import Foundation

/// Contenders that took their turns under one load.
struct Comparison {
    /// What is compared.
    let title: String
    /// What a figure's name begins with in the JSON.
    let label: String
    /// What is shown of each.
    let columns: [Column]
    /// What is wanted.
    let goals: [Goal]
    /// The contenders; the one in question first.
    var series: [Series]

    /// The one in question.
    var ours: Series? { series.first }
    /// Those that it is measured by.
    var peers: ArraySlice<Series> { series.dropFirst() }

    /// Our figure over a peer's; 0 when the peer has none.
    static func ratio(_ ours: Series, _ peer: Series, _ figure: (Round) -> Double) -> Double {
        let value = peer.median(figure)
        return value > 0 ? ours.median(figure) / value : 0
    }

    /// The figures that go to the JSON.
    var figures: [Figure] {
        guard let ours else { return [] }
        return columns.flatMap { column -> [Figure] in
            guard let name = column.name else { return [] }
            return peers.map { peer in
                Figure(
                    "\(label).\(name)", ours: ours.median(column.figure), peer: peer.name,
                    value: peer.median(column.figure))
            }
        }
    }

    /// The table, what there is to say about the goals, and whether it can be trusted.
    var finding: Finding {
        let circumstances = ["spread", "its core", "load core", "others"]
        var lines = [Report.line(title, columns.map(\.heading) + circumstances)]
        lines += series.map { series in
            let shares = [
                series.spread, series.median(\.coreShare), series.median(\.loadShare),
                series.median(\.otherShare),
            ]
            return Report.line(
                "  " + series.name,
                columns.map { $0.text(series) } + shares.map { "\(Percent($0))" })
        }
        lines += ratios
        lines += goals.flatMap(judgements)
        let noise = series.flatMap(\.noise)
        if !noise.isEmpty { lines.append("too noisy to judge: " + noise.joined(separator: "; ")) }
        return Finding(lines.joined(separator: "\n"), figures)
    }

    /// A line for each peer: our figures over its.
    private var ratios: [String] {
        guard let ours else { return [] }
        return peers.map { peer in
            Report.line(
                "  \(ours.name) / \(peer.name)",
                columns.map { String(format: "%.2f", Self.ratio(ours, peer, $0.figure)) })
        }
    }

    private func judgements(_ goal: Goal) -> [String] {
        guard let ours, let column = columns.first(where: { $0.name == goal.figure })
        else { return [] }
        return peers.filter { goal.peers.contains($0.name) }.map { peer in
            let ratio = Self.ratio(ours, peer, column.figure)
            return Report.judgement(
                "\(column.heading): \(ours.name) / \(peer.name)", ratio: ratio, goal: goal.words,
                isReached: goal.isReached(by: ratio))
        }
    }
}
