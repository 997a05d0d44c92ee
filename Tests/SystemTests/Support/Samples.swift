import CanonicalJSON

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
