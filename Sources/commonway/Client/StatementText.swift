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
        case "revise":
            "revise (proposal \(statement["proposal"]?.integer ?? 0): "
                + operations(statement["operations"]?.array ?? []).joined(separator: ", ") + ")"
        case "withdraw": "withdraw (proposal \(statement["proposal"]?.integer ?? 0))"
        case "remark":
            "remark (\(statement["concern"]?.string ?? ""), on proposal "
                + "\(statement["proposal"]?.integer ?? 0))"
        case "retire": statement["stolen"] == nil ? "retire (a key)" : "retire (a stolen key)"
        case "leave": "leave (the community)"
        case "account": "account (a proof that you hold the key)"
        case "sponsor": "sponsor (proposal \(statement["proposal"]?.integer ?? 0))"
        case "ballot":
            "ballot \(statement["choice"]?.string ?? "") (vote opened by entry "
                + "\(short(statement["open"])))"
        case "emergency": emergency(statement)
        case "endpoints":
            "endpoints (\(statement["endpoints"]?.array?.count ?? 0) for "
                + "Backend/\(statement["backend"]?.string ?? ""))"
        case "undo":
            "undo (member \(statement["keeper"]?.integer ?? 0)'s endpoints of "
                + "Backend/\(statement["backend"]?.string ?? ""))"
        default: "a statement of an unknown act"
        }
    }

    private static func emergency(_ statement: JSONValue) -> String {
        if let route = statement["disable"]?.string {
            return "emergency (disable HTTPRoute/\(route))"
        }
        let name = statement["restore"].map { documentName($0) } ?? "?"
        return "emergency (restore \(name))"
    }

    /// `HTTPRoute/library`, in either spelling.
    static func documentName(_ document: JSONValue) -> String {
        let name = document["name"] ?? document["metadata"]?["name"]
        return "\(document["kind"]?.string ?? "?")/\(name?.string ?? "")"
    }

    /// One line for each operation: `apply HTTPRoute/library`, `delete Backend/shelf`.
    static func operations(_ operations: [JSONValue]) -> [String] {
        operations.map { operation in
            if let words = measure(operation) { return Output.plain(words) }
            let document = operation["document"]
            let kind = document?["kind"] ?? operation["kind"]
            let name = document?["name"] ?? document?["metadata"]?["name"] ?? operation["name"]
            return Output.plain(
                "\(operation["op"]?.string ?? "?") \(kind?.string ?? "?")/\(name?.string ?? "")")
        }
    }

    /// An operation that is not about a document: `expel member 7`.
    private static func measure(_ operation: JSONValue) -> String? {
        switch operation["op"]?.string {
        case "motion": "motion (text \(short(operation["text"])))"
        case "admit": "admit \(operation["members"]?.array?.count ?? 0) newcomers"
        case "expel": "expel member \(operation["member"]?.integer ?? 0)"
        case "recover": "new key for member \(operation["stmt"]?["by"]?.integer ?? 0)"
        case "revert": "revert proposal \(operation["proposal"]?.integer ?? 0)"
        case "void": "void proposal \(operation["proposal"]?.integer ?? 0)"
        case "charter": "another charter"
        case "stewards": stewards(operation["members"]?.array ?? [])
        case "log-key": "another key of the log (\(operation["key"]?.string ?? "?"))"
        case "confirm": "confirm the emergency of entry \(operation["overlay"]?.integer ?? 0)"
        default: nil
        }
    }

    private static func stewards(_ members: [JSONValue]) -> String {
        members.isEmpty
            ? "the founders as stewards"
            : "stewards: " + members.map { "member \($0.integer ?? 0)" }.joined(separator: ", ")
    }

    /// The first digits of a digest, enough for people to compare.
    static func short(_ digest: JSONValue?) -> String { String((digest?.string ?? "?").prefix(12)) }
}
