/// What a request costs with many routes loaded, beside what it costs with few.
enum TableSize {
    private static let routesMany = 10_000
    private static let few = "10 routes"

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        try stage.with([], label: "few") { contenders throws(BenchFault) in
            let place = try stage.subfolder("gateway-many")
            let log = try ForgedLog(
                routes: routesMany, backendPort: stage.engine.port, folder: place)
            let many = try stage.gateway("10,000 routes", log, folder: place)
            defer { many.end() }
            // Both take their turns over all routes that they have.
            let turns = try Turns(stage, [many] + contenders) {
                .requests(
                    to: $0.port, connections: RequestCost.connections,
                    RequestTexts(routes: $0 === many ? routesMany : Stage.routes))
            }
            var series = try turns.take(.saturating)
            series[1] = series[1].renamed(few)
            try turns.end()
            tell(
                Comparison(
                    title: "10,000 routes beside 10", label: "routes_10000",
                    columns: Column.exchanges("request"),
                    goals: [
                        Goal(figure: "cpu_us_per_request", peers: [few], bound: .atMost(1.10))
                    ], series: series
                ).finding)
        }
    }
}
