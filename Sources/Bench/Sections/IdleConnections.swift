import Foundation

/// What memory a connection holds that is kept and does nothing.
enum IdleConnections {
    private static let connectionsWanted = 10_000
    /// Descriptors for everything else, here and in a contender.
    private static let descriptorsSpare = 512
    /// After the last answer, before memory is looked at.
    private static let settlingSeconds = 1.0
    /// Octets for each, DESIGN §6.
    private static let goal = 1024.0

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        let count = min(connectionsWanted, stage.engine.descriptorsMax - descriptorsSpare)
        // Started for this, so that no memory of earlier work is there to be used again.
        try stage.with(Peer.allCases, label: "idle") { contenders throws(BenchFault) in
            var octets: [Double] = []
            for contender in contenders {
                octets.append(try measure(stage, contender, connections: count))
            }
            tell(finding(contenders.map(\.name), octets, connections: count))
        }
    }

    private static func measure(
        _ stage: Stage, _ contender: Contender, connections: Int
    ) throws(BenchFault) -> Double {
        let texts = RequestTexts(path: Contender.path)
        // What the first requests touch is not the idle connections'.
        let warmUp = try stage.engine.open(
            .requests(to: contender.port, connections: RequestCost.connections, texts))
        try warmUp.go(.saturating)
        Thread.sleep(forTimeInterval: settlingSeconds / 2)
        _ = try warmUp.settle()
        try warmUp.close()
        Thread.sleep(forTimeInterval: settlingSeconds / 2)
        let before = try contender.residentOctets()
        let idle = try stage.engine.open(
            .requests(to: contender.port, connections: connections, texts))
        Thread.sleep(forTimeInterval: settlingSeconds)
        let after = try contender.residentOctets()
        try idle.close()
        return Double(after - before) / Double(connections)
    }

    private static func finding(
        _ names: [String], _ octets: [Double], connections: Int
    ) -> Finding {
        let ours = octets.first ?? 0
        var lines = [Report.line("\(connections) idle connections", ["octets each"])]
        lines += zip(names, octets).map {
            Report.line("  " + $0, [String(format: "%.0f", $1)])
        }
        lines.append(
            Report.judgement(
                "KiB for each idle connection", ratio: ours / goal, goal: "at most 1.00",
                isReached: ours <= goal))
        let name = "idle.resident_octets_per_connection"
        var figures = [Figure(name, ours: ours, peer: "goal", value: goal)]
        figures += zip(names, octets).dropFirst().map {
            Figure(name, ours: ours, peer: $0, value: $1)
        }
        return Finding(lines.joined(separator: "\n"), figures)
    }
}
