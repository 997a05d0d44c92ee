import CanonicalJSON
import Documents
import Foundation
import Governance
import TestKit

/// Documents and charters that the tests of governance share.
enum Samples {
    /// A backend on a port of this machine.
    static func backend(_ name: String, port: Int64 = 9001) -> JSONValue {
        [
            "op": "apply",
            "document": [
                "kind": "Backend", "name": .string(name),
                "endpoints": [["address": "127.0.0.1", "port": .integer(port)]],
            ],
        ]
    }

    /// A backend on a port of this machine that members keep, who may move it to 10.0.0.0/8.
    static func keptBackend(
        _ name: String, port: Int64 = 9001, keepers: [Int64]
    ) -> JSONValue {
        var document = backend(name, port: port)["document"]?.object ?? JSONObject()
        document["keepers"] = .array(keepers.map { .integer($0) })
        document["networks"] = ["127.0.0.0/8", "10.0.0.0/8"]
        return ["op": "apply", "document": .object(document)]
    }

    /// A route for one host to backends by weight.
    static func route(
        _ name: String, host: String, to backends: [(String, Int64)], path: String = "/"
    ) -> JSONValue {
        [
            "op": "apply",
            "document": [
                "kind": "HTTPRoute", "name": .string(name), "hostnames": [.string(host)],
                "rules": [
                    [
                        "matches": [["path": ["type": "PathPrefix", "value": .string(path)]]],
                        "backendRefs": .array(
                            backends.map { ["name": .string($0.0), "weight": .integer($0.1)] }),
                    ]
                ],
            ],
        ]
    }

    /// A backend and a route to it: sensitive, since the backend is new.
    static let library: [JSONValue] = [
        backend("catalogue"), route("library", host: "library.example", to: [("catalogue", 1)]),
    ]

    /// The shipped charter's value.
    static func shippedCharter() throws -> JSONValue {
        let octets = try Checkout.contents(of: "governance/charter.yaml")
        let documents = try Documents.parse(octets, format: .yaml, name: "charter.yaml")
        return documents.first?.value ?? .bool(false)
    }

    /// The demonstration's charter with one field replaced.
    static func charter(_ path: [String], _ value: JSONValue) -> JSONValue {
        replacing(path[...], in: Charter.demonstration, by: value)
    }

    static func replacing(
        _ path: ArraySlice<String>, in whole: JSONValue, by value: JSONValue
    ) -> JSONValue {
        guard let name = path.first, var object = whole.object else { return value }
        object[name] = replacing(path.dropFirst(), in: object[name] ?? .bool(false), by: value)
        return .object(object)
    }
}
