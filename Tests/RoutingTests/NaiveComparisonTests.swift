import CanonicalJSON
import FuzzTargets
import Routing
import TestKit
import Testing

/// Random tables and requests from few words, so that everything overlaps.
struct RandomRouting {
    private static let hosts = [
        "a.org", "x.a.org", "y.x.a.org", "b.org", "*.a.org", "*.x.a.org", "*.org", "*.b.org",
    ]
    private static let asked = [
        "a.org", "A.ORG", "x.a.org", "z.a.org", "y.x.a.org", "q.y.x.a.org", "b.org", "c.b.org",
        "org",
        "", ".a.org", "localhost", "10.0.0.1",
    ]
    private static let paths = [
        "/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/b", "/a%20b", "/a/b/c/d/e/f/g/h",
        "/abcdefg", "/abcdefgh", "/abcdefgh/i", "/abcdefghi",
    ]
    private static let extraPaths = [
        "/a/bc", "/a//b", "//a", "/b/", "/a/b/c/d", "/abcdefgh/ij/k", "*", "",
    ]
    private static let methods = ["GET", "POST", "PUT"]
    private static let values = ["1", "2", "1, 2", "a b"]
    private static let queries = [
        "", "p=1", "p=2&p=1", "p=%31", "q=a+b", "q=a%20b&p=1", "P=1", "p", "&&p=1", "q=%zz",
        "p=1&q=2",
    ]

    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A route document.
    mutating func route(_ name: String) -> JSONValue {
        var route: JSONObject = JSONObject()
        route["kind"] = "HTTPRoute"
        route["name"] = .string(name)
        let hosts = (0..<Int.random(in: 0...2, using: &random)).map { _ in random.pick(Self.hosts) }
        route["hostnames"] = .array(Set(hosts).sorted().map { .string($0) })
        route["rules"] = .array(
            (0..<Int.random(in: 1...3, using: &random)).map { _ in
                ["backendRefs": [["name": "b"]], "matches": .array(matches())]
            })
        return .object(route)
    }

    private mutating func matches() -> [JSONValue] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
            var match = JSONObject()
            if !random.chance(4) {
                match["path"] = [
                    "type": random.chance(2) ? "Exact" : "PathPrefix",
                    "value": .string(random.pick(Self.paths)),
                ]
            }
            if random.chance(3) { match["method"] = .string(random.pick(Self.methods)) }
            if random.chance(3) { match["headers"] = .array(conditions(["X-One", "x-two"])) }
            if random.chance(3) { match["queryParams"] = .array(conditions(["p", "q"])) }
            return .object(match)
        }
    }

    private mutating func conditions(_ names: [String]) -> [JSONValue] {
        (0..<Int.random(in: 1...2, using: &random)).map { _ in
            ["name": .string(random.pick(names)), "value": .string(random.pick(Self.values))]
        }
    }

    /// A request.
    mutating func request() -> TestRequest {
        let headers = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            (
                name: random.pick(["X-One", "x-one", "X-TWO", "Other"]),
                value: random.pick(Self.values)
            )
        }
        return TestRequest(
            method: random.pick(Self.methods + ["PURGE"]), host: random.pick(Self.asked),
            path: random.pick(Self.paths + Self.extraPaths), query: random.pick(Self.queries),
            headers: headers)
    }

    /// Documents in force: the backend `b` and some routes, some of them enacted again.
    mutating func documents(routes: Int) throws -> DocumentSet {
        var set = try DocumentSet(enacting: backend("b"))
        for step in 0..<routes {
            let value = route("r\(Int.random(in: 0..<max(1, routes - 1), using: &random))")
            let bundle = try OperationBundle(applying: [value])
            if set[bundle.operations[0].key]?.proposed.value == value { continue }
            try set.apply(bundle, by: Enactment(entry: 20 + step, proposal: step))
        }
        return set
    }
}

@Suite struct NaiveComparison {
    @Test(arguments: 0..<150)
    func `the compiled table decides as the page does`(seed: Int) throws {
        var random = RandomRouting(seed: UInt64(seed))
        let set = try random.documents(routes: 1 + seed % 12)
        let table = RouteTable(compiling: set)
        let naive = NaiveMatcher(set)
        for _ in 0..<200 {
            let request = random.request()
            let expected = naive.decide(request.routed)
            let decision = table.decide(request)
            #expect(table.label(for: request) == expected.label, "seed \(seed): \(request)")
            #expect((decision?.match ?? -1) == expected.match, "seed \(seed): \(request)")
        }
    }
}
