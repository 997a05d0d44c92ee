/// A request that can be sent: one of those that a change is about.
package struct ExampleRequest: Hashable, Sendable {
    /// The method.
    package let method: String
    /// The host, in lower case and without port.
    package let host: String
    /// The path, in canonical form.
    package let path: String
    /// The query parameters, not encoded.
    package let queryParams: [HTTPRoute.FieldMatch]
    /// The header fields, each one line; `Host` only when a match asks for it.
    package let headers: [HTTPRoute.FieldMatch]

    /// The URL, with `http` for its scheme.
    package var url: String { "http://\(host)\(path)\(query.isEmpty ? "" : "?\(query)")" }

    /// The query, encoded so that every reader of a URL takes it for the same parameters.
    package var query: String {
        queryParams.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
            .joined(separator: "&")
    }

    /// The header fields with the `Host` that follows from the URL.
    var headersSent: [HTTPRoute.FieldMatch] {
        headers.contains { $0.name == "host" }
            ? headers : headers + [HTTPRoute.FieldMatch(name: "host", value: host)]
    }

    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var octets: [UInt8] = []
        for octet in text.utf8 {
            if RulePath.isUnreserved(octet) {
                octets.append(octet)
            } else {
                octets += [UInt8(ascii: "%"), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}

extension ExampleRequest {
    /// The methods that matches can name, most usual first.
    private static let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
    /// A method that no match can name (RFC 4918 §9.1).
    private static let freeMethod = "PROPFIND"
    /// The names above all hosts of examples where every host is served (RFC 2606 §2).
    private static let topLabels = ["example", "test"]
    /// The label below a wildcard, and the segment below a prefix.
    private static let word = "any"

    /// A request of a predicate and of none of its exceptions.
    ///
    /// It has what the predicate asks and nothing else; its label below a wildcard, its segment
    /// below a prefix and its method are named by no exception that would take it. So an exception
    /// has it only when it has the whole predicate.
    ///
    /// - Parameter excepts: Each a part of the requests.
    /// - Returns: `nil` when no host with one more label is short enough, and when a condition on
    ///   `Host` asks for what is no host of the requests.
    init?(of requests: RequestPredicate, besides excepts: [RequestPredicate]) {
        guard let host = Self.host(of: requests, besides: excepts.compactMap(\.host)) else {
            return nil
        }
        path = Self.path(of: requests.path, besides: excepts.map(\.path))
        headers = requests.headers
        queryParams = requests.queryParams
        self.host = host.name
        let place = HTTPRoute.PathMatch(kind: .exact, value: path)
        let taken = excepts.compactMap { except in
            let asked = RequestPredicate(
                host: host, path: place, method: except.method, headers: requests.headers,
                queryParams: requests.queryParams)
            return asked.isWithin(except) ? except.method : nil
        }
        method =
            requests.method ?? Self.methods.first { !taken.contains($0) } ?? Self.freeMethod
    }

    private static func host(
        of requests: RequestPredicate, besides excepts: [Hostname]
    ) -> Hostname? {
        if let asked = requests.headers.first(where: { $0.name == "host" })?.value {
            guard let host = Hostname(text: asked), host.text == asked, !host.isWildcard else {
                return nil
            }
            return RequestPredicate.isWithin(host, requests.host) ? host : nil
        }
        guard let host = requests.host else {
            let taken = excepts.map { lastLabel(of: $0.name[...]) }
            return Hostname(text: "\(word).\(fresh(topLabels, besides: taken))")
        }
        guard host.isWildcard else { return host }
        let taken = excepts.map { except in
            // What stands before the wildcard's name and its dot; nothing for the name itself.
            lastLabel(of: Substring(except.name.utf8.dropLast(host.name.utf8.count + 1)))
        }
        return Hostname(text: "\(fresh(besides: taken)).\(host.name)")
    }

    private static func path(
        of path: HTTPRoute.PathMatch, besides excepts: [HTTPRoute.PathMatch]
    ) -> String {
        if path.kind == .exact { return path.value }
        let taken = excepts.map { except in
            Substring(
                except.value.utf8.dropFirst(path.value.utf8.count + 1)
                    .prefix { $0 != UInt8(ascii: "/") })
        }
        return "\(path.value)/\(fresh(besides: taken))"
    }

    private static func lastLabel(of name: Substring) -> Substring {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return name }
        return name[name.utf8.index(after: dot)...]
    }

    /// The first word that is not taken: those given, then `any`, `any2`, `any3`, …
    private static func fresh(_ words: [String] = [], besides taken: [Substring]) -> String {
        let taken = Set(taken)
        // One more than can be taken.
        let numbered = (0...taken.count).map { $0 == 0 ? word : "\(word)\($0 + 1)" }
        let candidates = words + numbered
        return candidates.first { !taken.contains(Substring($0)) } ?? word
    }
}
