import Routing

/// The requests that a probe asks: at least one for each match of each route, and some for which
/// there may be none.
struct ProbeRequests {
    /// The requests, each with the rule that it was made for.
    private(set) var probes: [Probe] = []
    /// Matches for which no request is sent, with why.
    private(set) var leftOut: [(match: String, why: String)] = []

    private let allowsUnsafeMethods: Bool
    private let scheme: String
    /// What a URL says of the port: `:8080`, or nothing for the scheme's own.
    private let portText: String
    private let documents: Rehearsal

    /// Methods without effect on what is asked (RFC 9110 §9.2.1).
    static let safeMethods = ["GET", "HEAD", "OPTIONS"]
    /// The label, segment and host that nobody uses.
    private static let word = "commonway-probe"
    /// Fields that say how a message travels: a client writes them itself.
    private static let ownFields: Set<String> = [
        "connection", "content-length", "expect", "keep-alive", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    /// A request, and what is expected of it.
    struct Probe {
        let request: AskedRequest
        /// The host that it names.
        let host: String
        /// Path and query.
        let target: String
        let expected: OutcomeReport
    }

    /// Makes the requests for documents in force.
    ///
    /// - Parameters:
    ///   - scheme: How the gateway is asked, `http` or `https`; redirects depend on it.
    ///   - port: The port that is asked, on which redirects depend too; `nil` for the scheme's own.
    ///   - allowsUnsafeMethods: Whether matches on POST and the like are asked too.
    init(
        _ documents: Rehearsal, scheme: String, port: Int? = nil, allowsUnsafeMethods: Bool
    ) {
        self.documents = documents
        portText = port.map { ":\($0)" } ?? ""
        self.scheme = scheme
        self.allowsUnsafeMethods = allowsUnsafeMethods
        for case .route(let route) in documents.documents.servedDocuments.map(\.proposed.document) {
            for index in route.rules.indices {
                for (place, match) in route.rules[index].matches.enumerated() {
                    let label = "\(route.name)/\(route.label(ofRule: index)) match \(place + 1)"
                    for host in route.hostnames.isEmpty ? [nil] : route.hostnames.map({ $0 }) {
                        add(match, host, label: label, of: route, index)
                    }
                }
            }
            for host in route.hostnames.map(Self.name) {
                add(method: "GET", host: host, target: "/\(Self.word)", [])
            }
        }
        add(method: "GET", host: "\(Self.word).example", target: "/", [])
    }

    private mutating func add(
        _ match: HTTPRoute.Match, _ host: Hostname?, label: String, of route: HTTPRoute,
        _ rule: Int
    ) {
        let method = match.method ?? "GET"
        guard allowsUnsafeMethods || Self.safeMethods.contains(method) else {
            return leftOut.append((label, "\(method) may change what it asks"))
        }
        guard !match.headers.contains(where: { Self.ownFields.contains($0.name) }) else {
            return leftOut.append((label, "it needs a field that belongs to the connection"))
        }
        let asked = match.headers.first { $0.name == "host" }?.value
        let name = asked ?? host.map(Self.name) ?? "\(Self.word).example"
        let headers = match.headers.filter { $0.name != "host" }
            .map { RequestSample.Field(name: $0.name, value: $0.value) }
        let query = Self.query(match.queryParams)
        var first: Probe?
        for path in Self.paths(match.path) {
            let probe = probe(
                method: method, host: name, target: path + query, headers)
            guard let probe else { continue }
            let won = probe.expected.rehearsed?.rule
            if won?.route == route.name, won?.rule == route.label(ofRule: rule) {
                probes.append(probe)
                return
            }
            first = first ?? probe
        }
        // Another rule takes all of them; that it does is worth asking too.
        if let first {
            probes.append(first)
        } else {
            leftOut.append((label, "no request was found for it"))
        }
    }

    private mutating func add(
        method: String, host: String, target: String, _ headers: [RequestSample.Field]
    ) {
        if let probe = probe(method: method, host: host, target: target, headers) {
            probes.append(probe)
        }
    }

    private func probe(
        method: String, host: String, target: String, _ headers: [RequestSample.Field]
    ) -> Probe? {
        // `Host` is what the match asks for, whatever the port: rules may compare it.
        let request = AskedRequest(
            method: method, url: "\(scheme)://\(host)\(portText)\(target)",
            headers: headers + [RequestSample.Field(name: "Host", value: host)])
        guard let reading = try? request.read() else { return nil }
        return Probe(
            request: request, host: host, target: target,
            expected: OutcomeReport(reading, answer: [], by: documents))
    }

    private static func name(_ host: Hostname) -> String {
        host.isWildcard ? "\(word).\(host.name)" : host.name
    }

    /// The path itself, and for a prefix what lies below: a longer prefix may take either.
    private static func paths(_ path: HTTPRoute.PathMatch) -> [String] {
        if path.kind == .exact { return [path.value] }
        let own = path.value.isEmpty ? "/" : path.value
        return [own, "\(path.value)/\(word)", "\(path.value)/\(word)/\(word)"]
    }

    private static func query(_ parameters: [HTTPRoute.FieldMatch]) -> String {
        guard !parameters.isEmpty else { return "" }
        return "?"
            + parameters.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for octet in text.utf8 {
            let scalar = Unicode.Scalar(octet)
            let isPlain =
                octet < 0x80 && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            if isPlain || "-._~".utf8.contains(octet) {
                encoded.unicodeScalars.append(scalar)
            } else {
                encoded += "%" + HexDigest.hex([octet]).uppercased()
            }
        }
        return encoded
    }
}
