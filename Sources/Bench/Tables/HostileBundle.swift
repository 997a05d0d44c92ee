import CanonicalJSON

/// Operations that ask as much of a plan as documents of some size may.
enum HostileBundle: String, CaseIterable {
    /// Every match overlaps every other one, on sixteen hosts around one another.
    case wide
    /// Paths of hundreds of segments, on as many hosts around one another.
    case deep
    /// The same, and shorter paths beside them, so that each segment is looked for in vain.
    case comb
    /// Matches of sixteen headers, of which all but the last are the same.
    case headers
    /// Exact hosts of a hundred labels.
    case labels

    private static let routes = 10
    private static let hostsOfRoute = 16
    private static let matchesOfRoute = 128
    private static let headersOfMatch = 16
    /// Paths have 1,024 octets at most, hosts 253.
    private static let segmentsMax = 500
    private static let labelsMax = 100

    /// The documents to apply, as many matches in each as fit.
    ///
    /// - Parameter octetsMax: How many octets they may take together.
    func documents(octetsMax: Int) -> [JSONValue] {
        var count = Self.matchesOfRoute
        while count > 1 {
            let documents = (0..<Self.routes).map { number in
                RouteValues.route(
                    "hostile\(number)", hosts: hosts,
                    matches: (0..<count).map { match($0, of: number) })
            }
            if JSONValue.array(documents).canonicalOctets.count <= octetsMax { return documents }
            count = count * 9 / 10
        }
        return []
    }

    private var hosts: [String] {
        (1...Self.hostsOfRoute).map { number in
            switch self {
            case .labels:
                "h\(number)." + String(repeating: "x.", count: Self.labelsMax) + "example.org"
            default: "*." + String(repeating: "x.", count: number) + "example.org"
            }
        }
    }

    private func match(_ number: Int, of route: Int) -> JSONValue {
        switch self {
        case .wide, .labels:
            RouteValues.match("/", headers: [("h\(route)-\(number)", "1")])
        case .deep:
            RouteValues.match(
                String(repeating: "/a", count: Self.segmentsMax) + "/\(route)-\(number)")
        case .comb:
            RouteValues.match(
                String(repeating: "/a", count: (number * Self.routes + route) % Self.segmentsMax)
                    + "/!")
        case .headers:
            RouteValues.match(
                "/",
                headers: (1..<Self.headersOfMatch).map { ("same-\($0)", "1") } + [
                    ("h\(route)-\(number)", "1")
                ])
        }
    }
}
