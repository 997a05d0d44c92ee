import CanonicalJSON

/// Statements in words, for whoever is about to sign them.
enum StatementText {
    /// One line: the act and what it is about.
    static func summary(_ statement: JSONValue) -> String {
        switch statement["act"]?.string {
        case "join": "join (the founding \(short(statement["digest"])))"
        case "key": "key (a further key)"
        case "propose":
            "propose ("
                + operations(statement["operations"]?.array ?? []).joined(separator: ", ") + ")"
        case "sponsor": "sponsor (proposal \(statement["proposal"]?.integer ?? 0))"
        case "ballot":
            "ballot \(statement["choice"]?.string ?? "") (vote opened by entry "
                + "\(short(statement["open"])))"
        default: "a statement of an unknown act"
        }
    }

    /// One line for each operation: `apply HTTPRoute/library`, `delete Backend/shelf`.
    static func operations(_ operations: [JSONValue]) -> [String] {
        operations.map { operation in
            let document = operation["document"]
            let kind = document?["kind"] ?? operation["kind"]
            let name = document?["name"] ?? document?["metadata"]?["name"] ?? operation["name"]
            return Output.plain(
                "\(operation["op"]?.string ?? "?") \(kind?.string ?? "?")/\(name?.string ?? "")")
        }
    }

    /// The first digits of a digest, enough for people to compare.
    static func short(_ digest: JSONValue?) -> String { String((digest?.string ?? "?").prefix(12)) }
}
