import CanonicalJSON

extension HTTPRoute.Redirect {
    private static let statusCodes = [301, 302, 303, 307, 308]

    /// Reads a redirect's settings.
    static func read(from fields: FieldReader) throws(DocumentFault) -> HTTPRoute.Redirect {
        try fields.allow(["scheme", "hostname", "path", "port", "statusCode"])
        let statusCode = try fields.integer("statusCode", in: 300...399) ?? 302
        guard statusCodes.contains(statusCode) else {
            throw fields.fault(
                "statusCode", "\(statusCode) names no other place",
                expected: "301, 302, 303, 307 or 308")
        }
        return HTTPRoute.Redirect(
            scheme: try fields.word("scheme", of: ["http", "https"]),
            hostname: try HTTPRoute.PathChange.hostname(of: fields),
            path: try HTTPRoute.PathChange.read(of: fields),
            port: try fields.integer("port", in: 1...65_535),
            statusCode: statusCode)
    }
}

extension HTTPRoute.Rewrite {
    /// Reads a rewrite's settings.
    static func read(from fields: FieldReader) throws(DocumentFault) -> HTTPRoute.Rewrite {
        try fields.allow(["hostname", "path"])
        let rewrite = HTTPRoute.Rewrite(
            hostname: try HTTPRoute.PathChange.hostname(of: fields),
            path: try HTTPRoute.PathChange.read(of: fields))
        guard rewrite.hostname != nil || rewrite.path != nil else {
            throw fields.fault(nil, "it rewrites nothing", expected: "hostname or path")
        }
        return rewrite
    }
}

extension HTTPRoute.PathChange {
    /// Reads `path`, when it is there.
    static func read(of fields: FieldReader) throws(DocumentFault) -> HTTPRoute.PathChange? {
        guard let value = fields["path"] else { return nil }
        let path = try FieldReader(value, at: fields.pointer(to: "path"))
        let kinds = [
            "ReplaceFullPath": "replaceFullPath", "ReplacePrefixMatch": "replacePrefixMatch",
        ]
        let expected = "ReplaceFullPath, ReplacePrefixMatch"
        guard let type = try path.word("type", of: kinds.keys.sorted()), let member = kinds[type]
        else { throw path.fault(nil, "type is missing", expected: "type: \(expected)") }
        try path.allow(["type", member])
        let text = try path.requiredString(member, expected: "a path")
        let isPrefix = type == "ReplacePrefixMatch"
        if !(isPrefix && text.isEmpty) {
            do {
                try RulePath.check(text)
            } catch {
                throw path.fault(member, error.reason, expected: error.expected)
            }
        }
        if !isPrefix { return .full(text) }
        return .prefix(text.hasSuffix("/") ? String(text.dropLast()) : text)
    }

    /// Reads `hostname`, when it is there: a name, no wildcard.
    static func hostname(of fields: FieldReader) throws(DocumentFault) -> String? {
        guard let text = try fields.string("hostname") else { return nil }
        guard let hostname = Hostname(text: text), !hostname.isWildcard else {
            throw fields.fault(
                "hostname", "\(text.debugDescription) is no host",
                expected: "a DNS name such as library.example.org; no wildcard, port or IP address")
        }
        return hostname.name
    }
}

extension HTTPRoute.Mirror {
    /// Reads a mirror's settings.
    static func read(
        from fields: FieldReader, needsPort: Bool, by reader: DocumentReader
    ) throws(DocumentFault) -> HTTPRoute.Mirror {
        try fields.allow(["backendRef", "percent", "fraction"])
        guard let value = fields["backendRef"] else {
            throw fields.fault(
                nil, "backendRef is missing", expected: "backendRef: {name: a Backend}")
        }
        let target = try FieldReader(value, at: fields.pointer(to: "backendRef"))
        try target.allow(["group", "kind", "name", "port"])
        let (backend, port) = try reader.target(from: target, needsPort: needsPort)
        let percent = try fields.integer("percent", in: 0...100)
        guard let value = fields["fraction"] else {
            return HTTPRoute.Mirror(
                backend: backend, port: port, numerator: percent ?? 100, denominator: 100)
        }
        guard percent == nil else {
            throw fields.fault("fraction", "percent and fraction", expected: "one of the two")
        }
        let fraction = try FieldReader(value, at: fields.pointer(to: "fraction"))
        try fraction.allow(["numerator", "denominator"])
        let most = HTTPRoute.Limit.weight
        let denominator = try fraction.integer("denominator", in: 1...most) ?? 100
        guard let numerator = try fraction.integer("numerator", in: 0...denominator) else {
            throw fraction.fault(
                nil, "numerator is missing", expected: "numerator: 0 to the denominator")
        }
        return HTTPRoute.Mirror(
            backend: backend, port: port, numerator: numerator, denominator: denominator)
    }
}
