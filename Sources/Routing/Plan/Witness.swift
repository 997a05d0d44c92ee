/// The least remarkable request that two matches both fit: it has what they ask and nothing else.
///
/// Hosts are nested or apart, and so are paths; headers and query parameters are only ever asked
/// to be there. So whatever match fits this request fits every request that both matches fit, and
/// asking what becomes of this one answers for the pair exactly: if one of the two does not win
/// here, something else wins everywhere that both fit. (Headers are taken to be free of everything
/// else. Of a match on `Host`, which follows from the host, the pairs can be too many, never too
/// few.)
struct Witness {
    /// The host; what is meant by a wildcard is a host below it that no document can name, and by
    /// none one that lies below no wildcard either.
    let host: Hostname?
    /// The path, which below a prefix has a segment that no document can name.
    let path: String
    /// The method, one that no document can name when none is asked for.
    let method: String
    /// The headers asked for.
    let headers: [HTTPRoute.FieldMatch]
    /// The query parameters asked for.
    let queryParams: [HTTPRoute.FieldMatch]
    /// Both at a glance.
    private let bits: ConditionBits

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
        host = requests.host
        self.path = path.kind == .exact ? path.value : "\(path.value)/\(Self.fresh)"
        method = requests.method ?? Self.fresh
        headers = requests.headers
        queryParams = requests.queryParams
        bits = ConditionBits(headers: headers, queryParams: queryParams)
    }

    /// A real request.
    init(_ example: ExampleRequest) {
        host = Hostname(text: example.host)
        path = example.path
        method = example.method
        headers = example.headersSent
        queryParams = example.queryParams
        bits = ConditionBits(headers: headers, queryParams: queryParams)
    }

    /// Whether a match fits the request, its host and path apart.
    func fits(_ candidate: IndexedMatch) -> Bool {
        let match = candidate.match
        return (match.method == nil || match.method == method)
            && candidate.bits.mayBeWithin(bits)
            && match.headers.allSatisfy(headers.contains)
            && match.queryParams.allSatisfy(queryParams.contains)
    }

    /// The whole path and what stands before each of its slashes, longest first.
    static func prefixes(of path: String) -> [Substring] {
        var prefixes = [Substring(path)]
        var rest = Substring(path)
        while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
            rest = rest[..<slash]
            prefixes.append(rest)
        }
        return prefixes
    }
}
