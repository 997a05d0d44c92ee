import CanonicalJSON
import Routing
import TestKit
import Testing

/// A small world of hosts, paths, methods and fields, whose every request can be asked.
struct SmallWorld {
    private static let hosts = ["a.org", "x.a.org", "*.a.org", "*.x.a.org", "*.org"]
    private static let paths = ["/", "/a", "/a/b", "/b"]
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func pick(_ words: [String]) -> JSONValue {
        .string(words[Int.random(in: 0..<words.count, using: &random)])
    }

    private mutating func match() -> JSONValue {
        var match = JSONObject()
        match["path"] = [
            "type": random.chance(3) ? "Exact" : "PathPrefix", "value": pick(Self.paths),
        ]
        if random.chance(3) { match["method"] = pick(["GET", "PUT"]) }
        if random.chance(3) { match["headers"] = [["name": "x-one", "value": pick(["1", "2"])]] }
        if random.chance(3) { match["queryParams"] = [["name": "p", "value": pick(["1", "2"])]] }
        return .object(match)
    }

    mutating func route(_ name: String) -> JSONValue {
        var route = JSONObject()
        route["kind"] = "HTTPRoute"
        route["name"] = .string(name)
        if !random.chance(4) { route["hostnames"] = .array([pick(Self.hosts)]) }
        route["rules"] = .array(
            (0..<Int.random(in: 1...2, using: &random)).map { _ in
                let matches = (0..<Int.random(in: 1...2, using: &random)).map { _ in match() }
                return ["backendRefs": [["name": "b"]], "matches": .array(matches)]
            })
        return .object(route)
    }

    /// Operations that change some of the routes r0…r4, one at least.
    mutating func bundle(on set: DocumentSet) throws -> OperationBundle {
        while true {
            let operations = operations(on: set)
            if !operations.isEmpty { return try OperationBundle(validating: .array(operations)) }
        }
    }

    private mutating func operations(on set: DocumentSet) -> [JSONValue] {
        var operations: [JSONValue] = []
        for name in ["r0", "r1", "r2", "r3", "r4"] where random.chance(3) {
            let current = set[DocumentKey(kind: .route, name: name)]
            if current != nil, random.chance(3) {
                operations.append(["op": "delete", "kind": "HTTPRoute", "name": .string(name)])
            } else {
                let value = route(name)
                if current?.proposed.value != value {
                    operations.append(["op": "apply", "document": value])
                }
            }
        }
        return operations
    }

    /// Every request from the constants, and one beside each of them.
    static let requests: [TestRequest] = {
        let hosts = ["a.org", "x.a.org", "f.a.org", "f.x.a.org", "f.org", "other", ""]
        let paths = ["/", "/a", "/a/b", "/a/b/f", "/a/f", "/b", "/b/f", "/f"]
        var requests: [TestRequest] = []
        for host in hosts {
            for path in paths {
                for method in ["GET", "PUT", "FRESH"] {
                    for header in ["", "1", "2"] {
                        for query in ["", "p=1", "p=2"] {
                            requests.append(
                                TestRequest(
                                    method: method, host: host, path: path, query: query,
                                    headers: header.isEmpty ? [] : [("x-one", header)]))
                        }
                    }
                }
            }
        }
        return requests
    }()
}

@Suite struct PlanExactness {
    @Test(arguments: 0..<120)
    func `a pair of rules is in the moves exactly when a request moves between them`(
        seed: Int
    ) throws {
        var world = SmallWorld(seed: UInt64(seed))
        var set = try DocumentSet(enacting: backend("b"))
        for step in 0..<4 {
            let bundle = try world.bundle(on: set)
            let plan = try Plan(bundle, on: set)
            let before = RouteTable(compiling: set)
            try set.apply(bundle, by: Enactment(entry: 20 + step, proposal: step))
            let after = RouteTable(compiling: set)
            var moved: Set<[String]> = []
            for request in SmallWorld.requests {
                let labels = [before.label(for: request), after.label(for: request)]
                if labels[0] != labels[1] { moved.insert(labels.map { $0 == "404" ? "" : $0 }) }
            }
            #expect(
                Set(plan.moves.map { [$0.before, $0.after] }) == moved, "seed \(seed) step \(step)")
        }
    }
}
