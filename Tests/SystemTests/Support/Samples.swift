import CanonicalJSON
import Governance

/// Operations that the system tests propose.
enum Samples {
    /// A backend on this machine and a route to it.
    static func library(port: Int64, host: String = "library.example") -> [JSONValue] {
        [backend("catalogue", port: port), route("library", host: host, to: "catalogue")]
    }

    static func backend(_ name: String, port: Int64) -> JSONValue {
        [
            "op": "apply",
            "document": [
                "kind": "Backend", "name": .string(name),
                "endpoints": [["address": "127.0.0.1", "port": .integer(port)]],
            ],
        ]
    }

    static func route(_ name: String, host: String, to backend: String) -> JSONValue {
        [
            "op": "apply",
            "document": [
                "kind": "HTTPRoute", "name": .string(name), "hostnames": [.string(host)],
                "rules": [["backendRefs": [["name": .string(backend)]]]],
            ],
        ]
    }
}

extension Samples {
    /// The demonstration's charter with one member replaced.
    static func charter(_ path: [String], _ value: JSONValue) -> JSONValue {
        replacing(path[...], in: Charter.demonstration, by: value)
    }

    /// The demonstration's charter with votes that a slow machine can take part in: where all say
    /// yes they close at once anyway, but for the charter's own.
    static func patientCharter(routineDiscussion: String = "1s") -> JSONValue {
        var charter = Charter.demonstration
        for (name, voting) in [("routine", "60s"), ("sensitive", "60s"), ("constitutional", "15s")]
        {
            charter = replacing(["classes", name, "voting"], in: charter, by: .string(voting))
        }
        return replacing(
            ["classes", "routine", "discussion"], in: charter, by: .string(routineDiscussion))
    }

    static func replacing(
        _ path: ArraySlice<String>, in whole: JSONValue, by value: JSONValue
    ) -> JSONValue {
        guard let name = path.first, var object = whole.object else { return value }
        object[name] = replacing(path.dropFirst(), in: object[name] ?? [:], by: value)
        return .object(object)
    }
}
