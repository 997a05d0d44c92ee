import CanonicalJSON
import Routing

/// Documents that figures of Routing are taken with: their values, and the sets that they make.
enum RouteValues {
    private static let backendName = "backend"

    /// The one backend that all routes lead to.
    static let backend: JSONValue = [
        "kind": "Backend", "name": .string(backendName), "protocol": "http",
        "endpoints": [["address": "127.0.0.1", "port": 9000]],
    ]

    /// Filters as a rule that has them usually has: headers of both ways, and a rewrite.
    static let filters: JSONValue = [
        [
            "type": "RequestHeaderModifier",
            "requestHeaderModifier": [
                "set": [["name": "X-Served-By", "value": "commonway"]], "remove": ["X-Debug"],
            ],
        ],
        [
            "type": "ResponseHeaderModifier",
            "responseHeaderModifier": ["add": [["name": "Vary", "value": "X-Edition"]]],
        ],
        [
            "type": "URLRewrite",
            "urlRewrite": ["path": ["type": "ReplacePrefixMatch", "replacePrefixMatch": "/v1"]],
        ],
    ]

    /// A match of a path and what follows below it, or of requests with headers too.
    static func match(_ path: String, headers: [(String, String)] = []) -> JSONValue {
        let fields = headers.map { name, value -> JSONValue in
            ["name": .string(name), "value": .string(value)]
        }
        let place: JSONValue = ["type": "PathPrefix", "value": .string(path)]
        return fields.isEmpty ? ["path": place] : ["path": place, "headers": .array(fields)]
    }

    /// A route to the backend; matches beyond 64 go to further rules.
    static func route(
        _ name: String, hosts: [String], matches: [JSONValue], filters: JSONValue? = nil
    ) -> JSONValue {
        let rules = stride(from: 0, to: matches.count, by: matchesOfRule).map { first in
            var rule = JSONObject()
            rule["matches"] = .array(
                Array(matches[first..<min(first + matchesOfRule, matches.count)]))
            rule["backendRefs"] = [["name": .string(backendName)]]
            rule["filters"] = filters
            return JSONValue.object(rule)
        }
        return [
            "kind": "HTTPRoute", "name": .string(name),
            "hostnames": .array(hosts.map { .string($0) }), "rules": .array(rules),
        ]
    }

    /// The most matches that a rule may have.
    private static let matchesOfRule = 64

    /// So many routes, each for `/a` of a host of its own below `example.org`.
    static func apart(_ count: Int, filters: JSONValue? = nil) -> [JSONValue] {
        (0..<count).map { number in
            route(
                "r\(number)", hosts: ["h\(number).example.org"], matches: [match("/a")],
                filters: filters)
        }
    }

    /// The backend and routes, in force.
    ///
    /// - Throws: ``BenchFault/log(_:)``.
    static func documents(_ routes: [JSONValue]) throws(BenchFault) -> DocumentSet {
        do {
            return try DocumentSet(
                ratifying: try ([backend] + routes).map { try ProposedDocument(validating: $0) })
        } catch {
            throw .log("\(error)")
        }
    }
}
