/// The least remarkable request that two matches both fit: it has what they ask and nothing else.
///
/// Hosts are nested or apart, and so are paths; headers and query parameters are only ever asked
/// to be there. So whatever match fits this request fits every request that both matches fit, and
/// asking what becomes of this one answers for the pair exactly: if one of the two does not win
/// here, something else wins everywhere that both fit. (Headers are taken to be free of everything
/// else. Of a match on `Host`, which follows from the host, the pairs can be too many, never too
/// few.)
struct Witness {
    /// The host as an index spells it, or one below it that no document can name.
    let host: String
    /// The path, which below a prefix has a segment that no document can name.
    let path: String
    /// The method, one that no document can name when none is asked for.
    let method: String
    /// The headers asked for.
    let headers: [HTTPRoute.FieldMatch]
    /// The query parameters asked for.
    let queryParams: [HTTPRoute.FieldMatch]

    /// A label, segment or method that no document can name: `?` stands in none of them.
    private static let fresh = "?"

    /// A request that a match fits.
    init(_ match: IndexedMatch) {
        self.init(
            host: match.host, path: match.match.path, method: match.match.method,
            headers: match.match.headers, queryParams: match.match.queryParams)
    }

    /// A request that two matches both fit.
    ///
    /// - Returns: `nil` when no request fits both.
    init?(_ first: IndexedMatch, _ second: IndexedMatch) {
        guard Witness.overlaps(first.host, second.host),
            Witness.overlaps(first.match.path, second.match.path),
            first.match.method == nil || second.match.method == nil
                || first.match.method == second.match.method,
            let headers = Witness.union(first.match.headers, second.match.headers),
            let queryParams = Witness.union(first.match.queryParams, second.match.queryParams)
        else { return nil }
        self.init(
            host: Witness.narrower(first.host, second.host),
            path: Witness.narrower(first.match.path, second.match.path),
            method: first.match.method ?? second.match.method, headers: headers,
            queryParams: queryParams)
    }

    private init(
        host: Hostname?, path: HTTPRoute.PathMatch, method: String?,
        headers: [HTTPRoute.FieldMatch], queryParams: [HTTPRoute.FieldMatch]
    ) {
        self.host = host.map { $0.isWildcard ? "\(Self.fresh).\($0.name)" : $0.name } ?? Self.fresh
        self.path = path.kind == .exact ? path.value : "\(path.value)/\(Self.fresh)"
        self.method = method ?? Self.fresh
        self.headers = headers
        self.queryParams = queryParams
    }

    /// Whether a match fits the request, its host and path apart.
    func fits(_ match: HTTPRoute.Match) -> Bool {
        (match.method == nil || match.method == method)
            && match.headers.allSatisfy(headers.contains)
            && match.queryParams.allSatisfy(queryParams.contains)
    }

    /// The hosts of an index that fit, nearest first.
    var hosts: [String] {
        var hosts = [host]
        var rest = Substring(host)
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            hosts.append("*.\(rest)")
        }
        return hosts + [""]
    }

    /// The prefixes of the path, longest first.
    var prefixes: [Substring] { Self.prefixes(of: path) }

    /// The whole path and what stands before each of its slashes, longest first.
    static func prefixes(of path: String) -> [Substring] {
        var prefixes = [Substring(path)]
        var rest = Substring(path)
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            prefixes.append(rest)
        }
        return prefixes
    }

    /// Whether a host can be of both.
    static func overlaps(_ first: Hostname?, _ second: Hostname?) -> Bool {
        guard let first, let second else { return true }
        return first.isWithin(second) || second.isWithin(first)
    }

    /// Whether a path can be of both.
    static func overlaps(_ first: HTTPRoute.PathMatch, _ second: HTTPRoute.PathMatch) -> Bool {
        first.isWithin(second) || second.isWithin(first)
    }

    private static func narrower(_ first: Hostname?, _ second: Hostname?) -> Hostname? {
        guard let first, let second else { return first ?? second }
        return first.isWithin(second) ? first : second
    }

    private static func narrower(
        _ first: HTTPRoute.PathMatch, _ second: HTTPRoute.PathMatch
    ) -> HTTPRoute.PathMatch {
        first.isWithin(second) ? first : second
    }

    /// All conditions of both; `nil` when they ask for two values of one name.
    private static func union(
        _ first: [HTTPRoute.FieldMatch], _ second: [HTTPRoute.FieldMatch]
    ) -> [HTTPRoute.FieldMatch]? {
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
