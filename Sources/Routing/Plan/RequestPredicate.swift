/// A set of requests: those that meet every part of a conjunction, as a match asks for one.
///
/// Hosts are nested or apart, and so are paths; so two of these have in common another of these or
/// nothing. Headers are taken to be free of everything else, as ``Witness`` takes them: a condition
/// on `Host`, which follows from the host, is one on any header.
package struct RequestPredicate: Hashable, Sendable {
    /// The hosts; `nil` takes every host, and requests without one.
    package let host: Hostname?
    /// The paths.
    package let path: HTTPRoute.PathMatch
    /// The method; `nil` takes every method.
    package let method: String?
    /// The header fields that must be there with these values; names in lower case, each once.
    package let headers: [HTTPRoute.FieldMatch]
    /// The query parameters that must be there with these values, each name once.
    package let queryParams: [HTTPRoute.FieldMatch]
}

extension RequestPredicate {
    /// The requests that a match fits.
    init(_ match: IndexedMatch) {
        host = match.host
        path = match.match.path
        method = match.match.method
        headers = match.match.headers
        queryParams = match.match.queryParams
    }

    /// The requests that are of both.
    ///
    /// - Returns: `nil` when there are none.
    func intersection(_ other: RequestPredicate) -> RequestPredicate? {
        guard method == nil || other.method == nil || method == other.method,
            Self.overlaps(path, other.path), Self.overlaps(host, other.host),
            let headers = Self.union(headers, other.headers),
            let queryParams = Self.union(queryParams, other.queryParams)
        else { return nil }
        return RequestPredicate(
            host: Self.isWithin(host, other.host) ? host : other.host,
            path: path.isWithin(other.path) ? path : other.path,
            method: method ?? other.method, headers: headers, queryParams: queryParams)
    }

    /// Whether every request of this one is also of that one.
    func isWithin(_ other: RequestPredicate) -> Bool {
        (other.method == nil || other.method == method) && path.isWithin(other.path)
            && Self.isWithin(host, other.host) && other.headers.allSatisfy(headers.contains)
            && other.queryParams.allSatisfy(queryParams.contains)
    }

    /// Whether a host can be of both.
    static func overlaps(_ first: Hostname?, _ second: Hostname?) -> Bool {
        isWithin(first, second) || isWithin(second, first)
    }

    /// Whether a path can be of both.
    private static func overlaps(
        _ first: HTTPRoute.PathMatch, _ second: HTTPRoute.PathMatch
    ) -> Bool {
        first.isWithin(second) || second.isWithin(first)
    }

    /// Whether every host of the first is also of the second.
    static func isWithin(_ first: Hostname?, _ second: Hostname?) -> Bool {
        guard let second else { return true }
        return first?.isWithin(second) ?? false
    }

    /// All conditions of both; `nil` when they ask for two values of one name.
    private static func union(
        _ first: [HTTPRoute.FieldMatch], _ second: [HTTPRoute.FieldMatch]
    ) -> [HTTPRoute.FieldMatch]? {
        if second.isEmpty { return first }
        var union = first
        for condition in second {
            guard let known = first.first(where: { $0.hasName(of: condition) }) else {
                union.append(condition)
                continue
            }
            guard known == condition else { return nil }
        }
        return union
    }
}

extension HTTPRoute.PathMatch {
    /// Whether every path of this one is also of that one.
    func isWithin(_ other: HTTPRoute.PathMatch) -> Bool {
        switch (kind, other.kind) {
        case (_, .prefix):
            value.utf8.starts(with: other.value.utf8)
                && (value.utf8.count == other.value.utf8.count
                    || value.utf8.dropFirst(other.value.utf8.count).first == UInt8(ascii: "/"))
        case (.exact, .exact): value == other.value
        case (.prefix, .exact): false
        }
    }
}
