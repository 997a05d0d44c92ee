import CanonicalJSON

/// The documents of a ``MixedLog``: a backend, and routes each with a host of its own.
enum MixedTable {
    private static let backend = "backend"
    /// Documents of one proposal, the most that one may have.
    private static let documentsPerProposal = 10

    /// The proposals that put the table in force; the first has the backend alone.
    static func builds(routes: Int, backendPort: UInt16) -> [[JSONValue]] {
        var builds = [[applying(backend(port: backendPort))]]
        for first in Swift.stride(from: 0, to: routes, by: documentsPerProposal) {
            let numbers = first..<min(first + documentsPerProposal, routes)
            builds.append(numbers.map { applying(route($0, version: 0)) })
        }
        return builds
    }

    /// A change of the whole table: most of one route, every tenth of three.
    ///
    /// Each takes the routes after those of the one before, so that changes which are pending at
    /// one time are of different routes.
    static func change(_ turn: Int, routes: Int) -> [JSONValue] {
        let (tens, place) = turn.quotientAndRemainder(dividingBy: 10)
        let first = tens * 12 + place + (place > 3 ? 2 : 0)
        return (0..<(place == 3 ? 3 : 1)).map {
            applying(route((first + $0) % routes, version: turn + 1))
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
