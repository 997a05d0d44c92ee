import CanonicalJSON
import Routing

/// What a plan costs against a large table, with the report that people are shown and without: of
/// changes that members make, and of bundles made to cost as much as they can.
enum PlanCost {
    private static let routes = 10_000
    private static let turns = 9
    /// For the plan of a change of one route.
    private static let goalMs = 50.0
    /// For whatever a member may ask for: other statements wait so long.
    private static let hostileGoalMs = 1_000.0
    /// What a statement and a request of the API may have, but for what is around the documents.
    private static let sizes = [("statement", 47 << 10), ("request", 1000 << 10)]

    /// A change of one route, and a name for it.
    private static let changes: [(name: String, route: JSONValue)] = [
        (
            "narrow route",
            RouteValues.route(
                "new", hosts: ["h77.example.org"], matches: [RouteValues.match("/a/new")])
        ),
        (
            "wildcard host",
            RouteValues.route(
                "new", hosts: ["*.example.org"], matches: [RouteValues.match("/a/new")])
        ),
        ("catch-all", RouteValues.route("new", hosts: [], matches: [RouteValues.match("/")])),
    ]

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ tell: (Finding) -> Void) throws(BenchFault) {
        let apart = try RouteValues.documents(RouteValues.apart(routes))
        var lines = [line("plans on 10,000 routes", ["ms", "most", "shown, ms", "most"])]
        var figures: [Figure] = []
        var longest = 0.0
        for (name, route) in changes {
            let times = try PlanTimes(of: [route], on: apart, turns: turns)
            lines.append(line("  \(name)", times.cells + ["  \(times.outcome)"]))
            figures += times.figures(name.replacing(" ", with: "_"), goalMs: goalMs)
            longest = max(longest, Statistics.median(times.plan))
        }
        lines.append(
            "time on a core; shown has an exception for each route that overlaps (goal of a plan: "
                + "\(Int(goalMs)) ms; \(longest <= goalMs ? "reached" : "missed"))")
        tell(Finding(lines.joined(separator: "\n"), figures))
        tell(try hostile(on: [("apart", apart), ("around", try around())]))
    }

    /// Bundles that cost as much as they can, on each table.
    private static func hostile(
        on tables: [(name: String, documents: DocumentSet)]
    ) throws(BenchFault) -> Finding {
        var lines = [line("hostile plans on 10,000 routes", ["ms", "most", "shown, ms", "most"])]
        var figures: [Figure] = []
        var longest = 0.0
        for bundle in HostileBundle.allCases {
            for (size, octetsMax) in sizes {
                let documents = bundle.documents(octetsMax: octetsMax)
                for (table, base) in tables {
                    let times = try PlanTimes(of: documents, on: base, turns: 1)
                    lines.append(
                        line(
                            "  \(bundle) \(size), routes \(table)",
                            times.cells + ["  \(times.outcome)"]))
                    figures += times.figures(
                        "hostile_\(bundle)_\(size)_\(table)", goalMs: hostileGoalMs)
                    longest = max(longest, times.shown.max() ?? 0)
                }
            }
        }
        lines.append(
            "time on a core (goal, also shown: \(Int(hostileGoalMs)) ms; "
                + "\(longest <= hostileGoalMs ? "reached" : "missed"))")
        return Finding(lines.joined(separator: "\n"), figures)
    }

    /// Routes that overlap all of the hostile ones.
    private static func around() throws(BenchFault) -> DocumentSet {
        try RouteValues.documents(
            (0..<routes).map {
                RouteValues.route(
                    "r\($0)", hosts: ["*.example.org"],
                    matches: [RouteValues.match("/", headers: [("r\($0)", "1")])])
            })
    }

    private static func line(_ name: String, _ cells: [String]) -> String {
        Report.line(name, cells)
    }
}
