import CanonicalJSON

/// The documents of a ``MixedLog``: a backend, and routes each with a host of its own.
enum MixedTable {
    private static let backend = "backend"
    /// Documents of one proposal, the most that one may have.
    private static let documentsPerProposal = 10
    /// Coprime to the tables that are used, so that changes which are pending
    /// at one time are of different routes.
    private static let stride = 7_919

    /// The proposals that put the table in force; the first has the backend alone.
    static func builds(routes: Int, backendPort: UInt16) -> [[JSONValue]] {
        var builds = [[applying(backend(port: backendPort))]]
        for first in Swift.stride(from: 0, to: routes, by: documentsPerProposal) {
            let numbers = first..<min(first + documentsPerProposal, routes)
            builds.append(numbers.map { applying(route($0, version: 0)) })
        }
        return builds
    }

    /// A change of the whole table: most of one route, some of three.
    static func change(_ turn: Int, routes: Int) -> [JSONValue] {
        let number = turn * stride % routes
        switch turn % 10 {
        case 3:
            return (0..<3).map { applying(route((number + $0) % routes, version: turn + 1)) }
        default: return [applying(route(number, version: turn + 1))]
        }
    }

    private static func applying(_ document: JSONValue) -> JSONValue {
        ["op": "apply", "document": document]
    }

    private static func backend(port: UInt16) -> JSONValue {
        [
            "kind": "Backend", "name": .string(backend), "protocol": "http",
            "endpoints": [["address": "127.0.0.1", "port": .integer(Int64(port))]],
        ]
    }

    /// The first route is also that of the one request that is measured everywhere.
    private static func route(_ number: Int, version: Int) -> JSONValue {
        let name = "route-\(number)"
        var hostnames: [JSONValue] = [.string("\(name).example.org")]
        if number == 0 { hostnames.append(.string(Contender.host)) }
        return [
            "kind": "HTTPRoute", "name": .string(name), "hostnames": .array(hostnames),
            "rules": [
                [
                    "name": .string("v\(version)"),
                    "matches": [["path": ["type": "PathPrefix", "value": "/"]]],
                    "backendRefs": [["name": .string(backend)]],
                ]
            ],
        ]
    }
}
