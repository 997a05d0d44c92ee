import CanonicalJSON

extension HTTPRoute.CORS {
    /// The most entries of one list.
    private static let entriesMax = 64

    /// The most octets of one list, as it stands in an answer.
    private static let listOctetsMax = 2048

    private static let methods = [
        "GET", "HEAD", "PUT", "POST", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "*",
    ]

    /// Seconds that a browser keeps the answer to a preflight when the document says nothing.
    private static let maxAgeDefault = 5

    /// Reads a CORS filter's settings.
    static func read(from fields: FieldReader) throws(DocumentFault) -> HTTPRoute.CORS {
        try fields.allow([
            "allowOrigins", "allowCredentials", "allowMethods", "allowHeaders", "exposeHeaders",
            "maxAge",
        ])
        var origins: [Origin] = []
        for (text, pointer) in try texts("allowOrigins", of: fields) {
            guard let origin = Origin(text: text) else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(text.debugDescription) is no origin",
                    expected: "*, or scheme://host[:port] in lower case, the host a name or *.name")
            }
            origins.append(origin)
        }
        if origins.contains(.any), origins.count > 1 {
            throw fields.fault("allowOrigins", "* and other origins", expected: "* alone")
        }
        return HTTPRoute.CORS(
            allowOrigins: origins,
            allowCredentials: try fields.boolean("allowCredentials") ?? false,
            allowMethods: try list("allowMethods", of: fields) { methods.contains($0) },
            allowHeaders: try list("allowHeaders", of: fields, NameSyntax.isToken),
            exposeHeaders: try list("exposeHeaders", of: fields, NameSyntax.isToken),
            maxAge: try fields.integer("maxAge", in: 1...Int(Int32.max)) ?? maxAgeDefault)
    }

    private static func texts(
        _ name: String, of fields: FieldReader
    ) throws(DocumentFault) -> [(text: String, pointer: String)] {
        var texts: [(text: String, pointer: String)] = []
        for (value, pointer) in try fields.elements(name, limit: entriesMax) ?? [] {
            guard let text = value.string else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(value.typeName) stands here", expected: "a string")
            }
            guard !texts.contains(where: { $0.text == text }) else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(text) came before", expected: "each once")
            }
            texts.append((text, pointer))
        }
        return texts
    }

    private static func list(
        _ name: String, of fields: FieldReader, _ isRight: (String) -> Bool
    ) throws(DocumentFault) -> [String] {
        let texts = try texts(name, of: fields)
        for (text, pointer) in texts where !isRight(text) || text.utf8.count > 256 {
            throw DocumentFault(
                pointer: pointer, reason: "unknown value \(text)",
                expected: name == "allowMethods"
                    ? methods.joined(separator: ", ") : "header names, or * alone")
        }
        if texts.count > 1, texts.contains(where: { $0.text == "*" }) {
            throw fields.fault(name, "* and others", expected: "* alone")
        }
        let octets = texts.reduce(0) { $0 + $1.text.utf8.count + 2 }
        guard octets <= listOctetsMax else {
            throw fields.fault(
                name, "a list of \(octets) octets", expected: "at most \(listOctetsMax)")
        }
        return texts.map(\.text)
    }
}

extension HTTPRoute.CORS.Origin {
    /// The longest origin, octets: a host name, a scheme and a port.
    private static let octetsMax = 300

    /// Reads the spelling of documents, which is that of browsers (RFC 6454 §6.1) with `*`.
    ///
    /// - Returns: `nil` for anything else; `null` is none, since any page can pass for it.
    init?(text: String) {
        if text == "*" {
            self = .any
            return
        }
        guard text.utf8.count <= Self.octetsMax, text == NameSyntax.lowercased(text) else {
            return nil
        }
        let scheme = text.hasPrefix("https://") ? "https://" : "http://"
        guard text.hasPrefix(scheme) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let isWildcard = rest.hasPrefix("*.")
        let authority = isWildcard ? rest.dropFirst(2) : rest
        let (host, port) = Self.split(authority)
        guard Self.isPort(port), Self.isHost(host, isWildcard: isWildcard) else { return nil }
        self =
            isWildcard ? .below(scheme: scheme, suffix: ".\(authority)") : .exact(text)
    }

    private static func split(_ authority: Substring) -> (host: Substring, port: Substring?) {
        guard let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") else {
            return (authority, nil)
        }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }

    private static func isPort(_ port: Substring?) -> Bool {
        guard let port else { return true }
        guard port.utf8.allSatisfy(NameSyntax.isDigit), port.first != "0",
            let number = Int(port)
        else { return false }
        return (1...65_535).contains(number)
    }

    private static func isHost(_ host: Substring, isWildcard: Bool) -> Bool {
        if NameSyntax.isSubdomain(host) { return true }
        // An address in brackets stands for itself; its spelling is the browser's affair.
        let inner = host.dropFirst().dropLast()
        return !isWildcard && host.hasPrefix("[") && host.hasSuffix("]") && !inner.isEmpty
            && inner.utf8.allSatisfy { NameSyntax.isDigit($0) || "abcdef:.".utf8.contains($0) }
    }

    /// Whether a request's `Origin` is allowed by this one.
    package func allows(_ origin: String) -> Bool {
        switch self {
        case .any: true
        case .exact(let text): text == origin
        case .below(let scheme, let suffix):
            origin.hasPrefix(scheme) && origin.hasSuffix(suffix)
                && NameSyntax.isSubdomain(
                    origin.dropFirst(scheme.count).dropLast(suffix.utf8.count))
        }
    }
}
