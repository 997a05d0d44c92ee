import CanonicalJSON

extension HTTPRoute.HeaderEdits {
    /// Whose fields are edited.
    enum Side {
        case request
        case response
    }

    /// The most names of one list.
    private static let namesMax = 16

    /// The most octets of what one filter sets and adds, names and values: two of them fit into a
    /// head beside what a client or an endpoint sent.
    private static let linesOctetsMax = 8192

    /// Fields that frame messages or that the gateway answers for; editing them would let a
    /// document break what the gateway promises of every route.
    private static let ownFields = [
        "connection", "content-length", "keep-alive", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade", "commonway-route", "commonway-error",
    ]

    /// More of them in requests.
    private static let ownRequestFields = [
        "expect", "forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port",
        "x-forwarded-proto",
    ]

    /// Fields whose values are secrets by their names.
    private static func isSecret(_ name: String) -> Bool {
        ["authorization", "cookie", "proxy-authorization"].contains(name)
            || name.hasSuffix("-key") || name.hasSuffix("-token")
    }

    /// Reads a header modifier's settings.
    static func read(
        from fields: FieldReader, side: Side, at place: DocumentReader.FilterPlace
    ) throws(DocumentFault) -> HTTPRoute.HeaderEdits {
        try fields.allow(["set", "add", "remove"])
        let maySend = side == .request && place == .backendRef
        let edits = HTTPRoute.HeaderEdits(
            set: try values("set", of: fields, side: side, maySendSecrets: maySend),
            add: try values("add", of: fields, side: side, maySendSecrets: maySend),
            remove: try names(of: fields, side: side))
        guard !edits.set.isEmpty || !edits.add.isEmpty || !edits.remove.isEmpty else {
            throw fields.fault(nil, "it edits nothing", expected: "set, add or remove")
        }
        let octets = (edits.set + edits.add).reduce(0) { $0 + $1.octets }
        guard octets <= linesOctetsMax else {
            throw fields.fault(
                nil, "fields of \(octets) octets", expected: "at most \(linesOctetsMax) in a filter"
            )
        }
        let given = (edits.set + edits.add).map { NameSyntax.lowercased($0.name) }
        for (index, name) in edits.remove.enumerated()
        where given.contains(NameSyntax.lowercased(name)) {
            throw DocumentFault(
                pointer: "\(fields.pointer(to: "remove"))/\(index)",
                reason: "\(name) is set or added too", expected: "one of them")
        }
        return edits
    }

    private static func values(
        _ list: String, of fields: FieldReader, side: Side, maySendSecrets: Bool
    ) throws(DocumentFault) -> [HTTPRoute.HeaderValue] {
        var values: [HTTPRoute.HeaderValue] = []
        for (value, pointer) in try fields.elements(list, limit: namesMax) ?? [] {
            let reader = try FieldReader(value, at: pointer)
            try reader.allow(["name", "value", "valueFrom"])
            let name = try reader.requiredString("name", expected: "a header name")
            try check(name, side: side) { reasonAndExpected in
                reader.fault("name", reasonAndExpected.0, expected: reasonAndExpected.1)
            }
            let lower = NameSyntax.lowercased(name)
            guard !values.contains(where: { NameSyntax.lowercased($0.name) == lower }) else {
                throw reader.fault(
                    "name", "\(name) came before", expected: "each name once in a list")
            }
            let source = try source(of: reader, name: lower, maySendSecrets: maySendSecrets)
            values.append(HTTPRoute.HeaderValue(name: name, value: source))
        }
        return values
    }

    private static func source(
        of reader: FieldReader, name: String, maySendSecrets: Bool
    ) throws(DocumentFault) -> HTTPRoute.HeaderValue.Source {
        if let from = reader["valueFrom"] {
            guard reader["value"] == nil else {
                throw reader.fault("value", "value and valueFrom", expected: "one of the two")
            }
            let fields = try FieldReader(from, at: reader.pointer(to: "valueFrom"))
            try fields.allow(["secret"])
            let secret = try fields.requiredString("secret", expected: "the name of a secret")
            guard NameSyntax.isSubdomain(secret) else {
                throw fields.fault(
                    "secret", "\(secret.debugDescription) is no name",
                    expected: "lower-case letters, digits, - and .")
            }
            guard maySendSecrets else {
                throw reader.fault(
                    "valueFrom", "a secret that is not for one backend",
                    expected: "a RequestHeaderModifier on the backendRef that it is sent to")
            }
            return .secret(secret)
        }
        let value = try reader.requiredString("value", expected: "a value, or valueFrom")
        guard (1...4096).contains(value.utf8.count), NameSyntax.isFieldValue(value) else {
            throw reader.fault(
                "value", "no header can have this value",
                expected: "1 to 4096 octets, none of control, no white space at either end")
        }
        if isSecret(name) {
            throw reader.fault(
                "value", "the log is public for ever, and \(name) carries a secret",
                expected: "valueFrom: {secret: NAME}, on the backendRef that it is sent to")
        }
        return .literal(value)
    }

    private static func names(
        of fields: FieldReader, side: Side
    ) throws(DocumentFault) -> [String] {
        var names: [String] = []
        for (value, pointer) in try fields.elements("remove", limit: namesMax) ?? [] {
            guard let name = value.string else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(value.typeName) stands here",
                    expected: "a header name")
            }
            try check(name, side: side) { reasonAndExpected in
                DocumentFault(
                    pointer: pointer, reason: reasonAndExpected.0, expected: reasonAndExpected.1)
            }
            let lower = NameSyntax.lowercased(name)
            guard !names.contains(where: { NameSyntax.lowercased($0) == lower }) else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(name) came before",
                    expected: "each name once in a list")
            }
            names.append(name)
        }
        return names
    }

    private static func check(
        _ name: String, side: Side, fault: ((String, String)) -> DocumentFault
    ) throws(DocumentFault) {
        guard NameSyntax.isToken(name), name.utf8.count <= 256 else {
            throw fault(
                (
                    "\(name.debugDescription) is no header name",
                    "a token (RFC 9110 §5.6.2), at most 256 octets"
                ))
        }
        let lower = NameSyntax.lowercased(name)
        if side == .request, lower == "host" {
            throw fault(("Host is not edited as a field", "a URLRewrite with hostname"))
        }
        if ownFields.contains(lower) || side == .request && ownRequestFields.contains(lower) {
            throw fault(("the gateway itself answers for \(name)", "another field"))
        }
    }
}

extension HTTPRoute.HeaderValue {
    /// The octets of its line, about.
    fileprivate var octets: Int {
        switch value {
        case .literal(let text): name.utf8.count + text.utf8.count + 4
        case .secret: name.utf8.count + 4
        }
    }
}
