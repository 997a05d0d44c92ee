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
    init(_ match: IndexedMatch) { self.init(RequestPredicate(match)) }

    /// A request that two matches both fit.
    ///
    /// - Returns: `nil` when no request fits both.
    init?(_ first: IndexedMatch, _ second: IndexedMatch) {
        guard let both = RequestPredicate(first).intersection(RequestPredicate(second)) else {
            return nil
        }
        self.init(both)
    }

    private init(_ requests: RequestPredicate) {
        let path = requests.path
        host =
            requests.host.map { $0.isWildcard ? "\(Self.fresh).\($0.name)" : $0.name } ?? Self.fresh
        self.path = path.kind == .exact ? path.value : "\(path.value)/\(Self.fresh)"
        method = requests.method ?? Self.fresh
        headers = requests.headers
        queryParams = requests.queryParams
    }

    /// A real request.
    init(_ example: ExampleRequest) {
        host = example.host
        path = example.path
        method = example.method
        headers = example.headersSent
        queryParams = example.queryParams
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
}
