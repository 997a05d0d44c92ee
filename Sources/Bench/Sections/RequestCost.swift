/// What a small request costs, beside what it costs others: as many as each can bear, and at one
/// rate for all.
enum RequestCost {
    /// Connections to each contender.
    static let connections = 64
    /// The fixed rate, as a part of what the slowest of those can bear that the goals name.
    private static let rateShare = 0.7
    /// The fixed rate is a round number.
    private static let rateStep = 100.0

    private static let cpuGoal = 0.85
    private static let cpuGoalLogged = 0.95

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(
        _ stage: Stage, isLogged: Bool, _ tell: (Finding) -> Void
    ) throws(BenchFault) {
        guard !isLogged || stage.canLog else {
            return tell(
                Finding("access log on: left out, this gateway has no flag --access-log"))
        }
        let label = isLogged ? "logged" : "plain"
        try stage.with(Peer.allCases, isLogged: isLogged, label: label) {
            contenders throws(BenchFault) in
            let turns = try Turns(stage, contenders) {
                .requests(
                    to: $0.port, connections: connections, RequestTexts(path: Contender.path))
            }
            let most = try turns.take(.saturating)
            tell(comparison(most, rate: nil, isLogged).finding)
            let rate = fixedRate(most)
            tell(comparison(try turns.take(.rate(rate)), rate: rate, isLogged).finding)
            try turns.end()
        }
    }

    /// The rate that all get.
    static func fixedRate(_ series: [Series]) -> Double {
        let slowest =
            series.filter { $0.name != Peer.caddy.rawValue }.map { $0.median(\.rate) }.min() ?? 0
        return max(rateStep, (slowest * rateShare / rateStep).rounded(.down) * rateStep)
    }

    private static func comparison(
        _ series: [Series], rate: Double?, _ isLogged: Bool
    ) -> Comparison {
        let log = isLogged ? "log on" : "log off"
        let cpu = Goal(
            figure: "cpu_us_per_request", peers: Peer.measuredBy,
            bound: .atMost(isLogged ? cpuGoalLogged : cpuGoal))
        // At saturation the queues are as long as the load makes them, so that latencies say
        // nothing about a contender that its rate does not say better.
        let latency = Goal(
            figure: "p99_us", peers: [Peer.nginx.rawValue], bound: .atMost(1))
        return Comparison(
            title: rate.map { "\(Int($0)) requests/s for all, \(log)" } ?? "saturation, \(log)",
            label: (rate == nil ? "saturation" : "fixed_rate") + (isLogged ? "_logged" : ""),
            columns: Column.exchanges("request") + (rate == nil ? [] : [.keptUp])
                + (isLogged ? [.logged] : []),
            goals: rate == nil ? [cpu] : [cpu, latency], series: series)
    }
}
