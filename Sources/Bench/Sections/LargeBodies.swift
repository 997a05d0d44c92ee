/// How many octets of large bodies a CPU second moves.
enum LargeBodies {
    private static let sizes = [("1 MiB", "1mib", 1 << 20), ("100 MiB", "100mib", 100 << 20)]
    /// Connections to each contender: enough that one always has something to do.
    private static let connections = 8

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        try stage.with(Peer.allCases, label: "bodies") { contenders throws(BenchFault) in
            for (words, label, octets) in sizes {
                let turns = try Turns(stage, contenders) {
                    .requests(
                        to: $0.port, connections: connections,
                        RequestTexts(path: "/octets/\(octets)"))
                }
                let series = try turns.take(.saturating, unit: .mebibytes)
                try turns.end()
                tell(
                    Comparison(
                        title: "bodies of \(words)", label: "bodies_\(label)",
                        columns: Column.bodies,
                        goals: [
                            Goal(
                                figure: "octets_per_cpu_second", peers: [Peer.nginx.rawValue],
                                bound: .atLeast(1))
                        ], series: series
                    ).finding)
            }
        }
    }
}
