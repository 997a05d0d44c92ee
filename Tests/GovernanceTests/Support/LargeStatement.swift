import CanonicalJSON
import Forge
import Testing

/// A `propose` of member 1 of a chosen length.
enum LargeStatement {
    /// - Parameter count: The canonical octets; large enough for a bundle.
    static func of(_ count: Int, _ forge: inout Forge) throws -> JSONValue {
        // The most matches that leave the statement shorter; the first one's path fills the rest.
        var matches = 1
        while octets(matches: matches + 1, path: 1, &forge) <= count { matches += 1 }
        let short = octets(matches: matches, path: 1, &forge)
        let filled = statement(matches: matches, path: 1 + count - short, &forge)
        try #require(filled.canonicalOctets.count == count)
        return filled
    }

    private static func octets(matches: Int, path: Int, _ forge: inout Forge) -> Int {
        statement(matches: matches, path: path, &forge).canonicalOctets.count
    }

    private static func statement(matches: Int, path: Int, _ forge: inout Forge) -> JSONValue {
        let paths = (0..<matches).map { number in
            "/\(number + 1000)" + String(repeating: "a", count: number == 0 ? path : 900)
        }
        let document: JSONValue = [
            "kind": "HTTPRoute", "name": "large", "hostnames": ["large.example"],
            "rules": [
                [
                    "matches": .array(
                        paths.map { ["path": ["type": "PathPrefix", "value": .string($0)]] }),
                    "backendRefs": [["name": "catalogue", "weight": 1]],
                ]
            ],
        ]
        let operations: JSONValue = [
            Samples.backend("catalogue"), ["op": "apply", "document": document],
        ]
        return forge.statement("propose", by: 1, ["operations": operations])
    }
}
