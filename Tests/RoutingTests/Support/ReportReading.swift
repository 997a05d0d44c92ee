@testable import Routing

/// A request, by what reports speak of.
struct ReadRequest {
    let host: String
    let path: String
    let method: String
    let headers: [String: String]
    let query: [String: String]

    /// The request as it is sent, every octet of its query escaped.
    var sent: TestRequest {
        let pairs = query.sorted { $0.key < $1.key }.map { "\(escaped($0))=\(escaped($1))" }
        return TestRequest(
            method: method, host: host, path: path, query: pairs.joined(separator: "&"),
            headers: headers.map { ($0, $1) })
    }

    private func escaped(_ text: String) -> String {
        text.utf8.map { "%" + String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
    }
}

extension RequestPredicate {
    /// Whether a request meets every part, by the words of reference/routing.md.
    func fits(_ request: ReadRequest) -> Bool {
        if let method, method != request.method { return false }
        if let host {
            let fits =
                host.isWildcard
                ? request.host.hasSuffix(".\(host.name)") : request.host == host.name
            if !fits { return false }
        }
        let isAtPath = request.path == path.value
        let isBelow = path.kind == .prefix && "\(request.path)/".hasPrefix("\(path.value)/")
        return (isAtPath || isBelow)
            && headers.allSatisfy { request.headers[$0.name] == $0.value }
            && queryParams.allSatisfy { request.query[$0.name] == $0.value }
    }
}

extension ShadowReport.Change {
    /// Whether a request is one of the change's.
    func holds(_ request: ReadRequest) -> Bool {
        requests.fits(request) && !excepts.contains { $0.requests.fits(request) }
    }
}

extension ExampleRequest {
    /// The example as a client sends it.
    var sent: TestRequest {
        let hasHost = headers.contains { $0.name == "host" }
        return TestRequest(
            method: method, host: host, path: path, query: query,
            headers: headers.map { ($0.name, $0.value) } + (hasHost ? [] : [("host", host)]))
    }
}

extension RouteTable {
    /// The match that serves a request.
    func matchName(for request: TestRequest) -> ShadowReport.MatchName? {
        decide(request).map {
            ShadowReport.MatchName(
                rule: "\(rules[$0.rule].route)/\(rules[$0.rule].rule)", match: $0.match + 1)
        }
    }
}

/// The lines of a report, as golden tests show them.
extension ShadowReport {
    var lines: [String] {
        changes.flatMap { change in
            ["\(name(change.before)) → \(name(change.after)): \(words(change.requests))"]
                + change.excepts.map { "  except \(name($0.match)): \(words($0.requests))" }
                + ["  e.g. \(change.example.map(words) ?? "none")"]
        }
    }

    private func name(_ match: MatchName?) -> String {
        match.map { "\($0.rule) \($0.match)" } ?? "404"
    }

    private func words(_ requests: RequestPredicate) -> String {
        "\(requests.method ?? "*") \(requests.host?.text ?? "*")\(requests.path.value)"
            + (requests.path.kind == .prefix ? "…" : "")
            + requests.queryParams.map { " ?\($0.name)=\($0.value)" }.joined()
            + requests.headers.map { " | \($0.name): \($0.value)" }.joined()
    }

    private func words(_ request: ExampleRequest) -> String {
        "\(request.method) \(request.url)"
            + request.headers.map { " | \($0.name): \($0.value)" }.joined()
    }
}
