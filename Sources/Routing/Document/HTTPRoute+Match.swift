import CanonicalJSON

extension HTTPRoute.Match {
    /// What a rule without matches means: `PathPrefix /`.
    static let everything = HTTPRoute.Match(
        path: HTTPRoute.PathMatch(kind: .prefix, value: ""), method: nil, headers: [],
        queryParams: [])

    /// The methods of RFC 9110 and 5789 that the gateway forwards; it answers CONNECT and TRACE
    /// itself.
    private static let methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]

    /// Conditions that the language will have; refused by name until they work.
    private static let unbuilt = ["client", "model"]

    /// The most header or query conditions of a match.
    private static let fieldsMax = 16

    /// Reads one match.
    static func read(from fields: FieldReader) throws(DocumentFault) -> HTTPRoute.Match {
        try fields.allow(["path", "method", "headers", "queryParams"], unbuilt: unbuilt)
        return HTTPRoute.Match(
            path: try path(of: fields),
            method: try method(of: fields),
            headers: try headers(of: fields),
            queryParams: try queryParams(of: fields))
    }

    private static func path(of fields: FieldReader) throws(DocumentFault) -> HTTPRoute.PathMatch {
        guard let value = fields["path"] else { return everything.path }
        let path = try FieldReader(value, at: fields.pointer(to: "path"))
        try path.allow(["type", "value"])
        try refuseRegularExpression(path)
        let word = try path.word("type", of: ["Exact", "PathPrefix"])
        let kind = word.flatMap(HTTPRoute.PathMatch.Kind.init(rawValue:)) ?? .prefix
        let text = try path.string("value") ?? "/"
        do {
            try RulePath.check(text)
        } catch {
            throw path.fault("value", error.reason, expected: error.expected)
        }
        let isSlashed = kind == .prefix && text.hasSuffix("/")
        return HTTPRoute.PathMatch(kind: kind, value: isSlashed ? String(text.dropLast()) : text)
    }

    private static func refuseRegularExpression(_ fields: FieldReader) throws(DocumentFault) {
        if try fields.string("type") == "RegularExpression" {
            throw fields.fault(
                "type", "RegularExpression is not built yet",
                expected: "Exact, or for a path PathPrefix")
        }
    }

    private static func method(of fields: FieldReader) throws(DocumentFault) -> String? {
        guard let method = try fields.string("method") else { return nil }
        guard methods.contains(method) else {
            let isOwn = ["CONNECT", "TRACE"].contains(method)
            throw fields.fault(
                "method",
                isOwn ? "the gateway answers \(method) itself" : "unknown method \(method)",
                expected: methods.joined(separator: ", "))
        }
        return method
    }

    private static func headers(
        of fields: FieldReader
    ) throws(DocumentFault) -> [HTTPRoute.FieldMatch] {
        var headers: [HTTPRoute.FieldMatch] = []
        for (value, pointer) in try fields.elements("headers", limit: fieldsMax) ?? [] {
            let reader = try FieldReader(value, at: pointer)
            let header = try field(from: reader, nameMax: 256, valueMax: 4096)
            guard NameSyntax.isToken(header.name) else {
                throw reader.fault(
                    "name", "\(header.name.debugDescription) is no header name",
                    expected: "a token (RFC 9110 §5.6.2)")
            }
            guard NameSyntax.isFieldValue(header.value) else {
                throw reader.fault(
                    "value", "no header can have this value",
                    expected: "no control octets, and no white space at either end")
            }
            let name = NameSyntax.lowercased(header.name)
            // Named twice: the first counts, as Gateway API has it.
            if headers.contains(where: { $0.name == name }) { continue }
            headers.append(HTTPRoute.FieldMatch(name: name, value: header.value))
        }
        return headers
    }

    private static func queryParams(
        of fields: FieldReader
    ) throws(DocumentFault) -> [HTTPRoute.FieldMatch] {
        var parameters: [HTTPRoute.FieldMatch] = []
        for (value, pointer) in try fields.elements("queryParams", limit: fieldsMax) ?? [] {
            let reader = try FieldReader(value, at: pointer)
            let parameter = try field(from: reader, nameMax: 256, valueMax: 1024)
            if parameters.contains(where: { $0.hasName(of: parameter) }) { continue }
            parameters.append(parameter)
        }
        return parameters
    }

    private static func field(
        from fields: FieldReader, nameMax: Int, valueMax: Int
    ) throws(DocumentFault) -> HTTPRoute.FieldMatch {
        try fields.allow(["type", "name", "value"])
        try refuseRegularExpression(fields)
        _ = try fields.word("type", of: ["Exact"])
        let name = try text("name", of: fields, octetsMax: nameMax)
        return HTTPRoute.FieldMatch(
            name: name, value: try text("value", of: fields, octetsMax: valueMax))
    }

    private static func text(
        _ name: String, of fields: FieldReader, octetsMax: Int
    ) throws(DocumentFault) -> String {
        let expected = "1 to \(octetsMax) octets"
        let text = try fields.requiredString(name, expected: expected)
        guard (1...octetsMax).contains(text.utf8.count) else {
            throw fields.fault(name, "\(text.utf8.count) octets", expected: expected)
        }
        return text
    }
}
