import CanonicalJSON
import Routing
import TestKit

/// Small tables from few constants, each step of which changes some routes: everything overlaps,
/// and what examples are made of is named too.
struct ShadowWorld {
    private static let everyHost = [
        "a.org", "x.a.org", "any.a.org", "*.a.org", "*.x.a.org", "*.org", "*.example",
    ]
    private static let everyPath = ["/", "/a", "/a/", "/a/b", "/a/any", "/any", "/b"]
    private static let values = ["1", "a b&=+%é"]

    private var random: SeededGenerator
    /// The few constants of this world.
    private let hosts: [String]
    private let paths: [String]
    private let headers: [String]
    private let queryParams: [String]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        hosts = Array(Self.everyHost.shuffled(using: &random).prefix(3))
        paths = Array(Self.everyPath.shuffled(using: &random).prefix(3))
        // Two names of one kind, one of each, or none at all.
        headers = [["x-one", "x-two"], ["x-one"], [], []][Int(seed % 4)]
        queryParams = [[], ["p"], ["p", "q r"], []][Int(seed % 4)]
    }

    private mutating func pick(_ words: [String]) -> String {
        words[Int.random(in: 0..<words.count, using: &random)]
    }

    private mutating func fields(_ names: [String]) -> JSONValue {
        if names.isEmpty || !random.chance(3) { return [] }
        return .array(
            (0..<Int.random(in: 1...2, using: &random)).map { _ in
                ["name": .string(pick(names)), "value": .string(pick(Self.values))]
            })
    }

    private mutating func match() -> JSONValue {
        var match = JSONObject()
        match["path"] = [
            "type": random.chance(3) ? "Exact" : "PathPrefix", "value": .string(pick(paths)),
        ]
        if random.chance(3) { match["method"] = .string(pick(["GET", "GET", "POST"])) }
        match["headers"] = fields(headers)
        match["queryParams"] = fields(queryParams)
        return .object(match)
    }

    private mutating func route(_ name: String) -> JSONValue {
        let names = Set((0..<Int.random(in: 0...2, using: &random)).map { _ in pick(hosts) })
        let rules = (0..<Int.random(in: 1...2, using: &random)).map { _ -> JSONValue in
            let matches = (0..<Int.random(in: 1...2, using: &random)).map { _ in match() }
            return ["matches": .array(matches)]
        }
        return [
            "kind": "HTTPRoute", "name": .string(name),
            "hostnames": .array(names.sorted().map { .string($0) }), "rules": .array(rules),
        ]
    }

    /// Operations on some of the routes r0…r3, one at least.
    mutating func operations(on set: DocumentSet) -> [JSONValue] {
        var operations: [JSONValue] = []
        while operations.isEmpty {
            for name in ["r0", "r1", "r2", "r3"] where random.chance(4) {
                let current = set[DocumentKey(kind: .route, name: name)]
                let value = route(name)
                if current != nil, random.chance(3) {
                    operations.append(["op": "delete", "kind": "HTTPRoute", "name": .string(name)])
                } else if current?.proposed.value != value {
                    operations.append(["op": "apply", "document": value])
                }
            }
        }
        return operations
    }
}

extension ShadowWorld {
    /// Every request from the constants of some tables, and one beside each of them.
    static func requests(of sets: [DocumentSet]) -> [ReadRequest] {
        var hosts: Set = ["other.net"]
        var paths: Set = ["/fresh"]
        var methods: Set = ["FRESH"]
        var headers: [String: Set<String>] = [:]
        var queries: [String: Set<String>] = [:]
        for case .route(let route) in sets.flatMap(\.documents).map(\.proposed.document) {
            for host in route.hostnames {
                hosts.insert(host.isWildcard ? "fresh.\(host.name)" : host.name)
            }
            for match in route.rules.flatMap(\.matches) {
                paths.insert(match.path.value.isEmpty ? "/" : match.path.value)
                if match.path.kind == .prefix { paths.insert("\(match.path.value)/fresh") }
                if let method = match.method { methods.insert(method) }
                for field in match.headers { headers[field.name, default: []].insert(field.value) }
                for field in match.queryParams {
                    queries[field.name, default: []].insert(field.value)
                }
            }
        }
        let headerSets = combinations(headers)
        let querySets = combinations(queries)
        return hosts.sorted().flatMap { host in
            paths.sorted().flatMap { path in
                methods.sorted().flatMap { method in
                    headerSets.flatMap { headers in
                        querySets.map { query in
                            ReadRequest(
                                host: host, path: path, method: method, headers: headers,
                                query: query)
                        }
                    }
                }
            }
        }
    }

    /// Each name with each of its values and left out, and each with a fresh one.
    private static func combinations(_ values: [String: Set<String>]) -> [[String: String]] {
        var found: [[String: String]] = [[:]]
        for (name, values) in values.sorted(by: { $0.key < $1.key }) {
            found += values.sorted().flatMap { value in
                found.map { $0.merging([name: value]) { first, _ in first } }
            }
        }
        return found + values.keys.sorted().map { [$0: "fresh"] }
    }
}
