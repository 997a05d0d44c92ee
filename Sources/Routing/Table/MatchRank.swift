/// Everything that decides between two matches that fit the same request, as one comparable value;
/// the lesser wins. The order is that of reference/routing.md, "Which rule wins".
package struct MatchRank: Hashable, Sendable {
    /// 0 for an exact host; minus the octets of a wildcard's name, above it; the most for no host.
    package let host: Int
    /// 0 for an Exact path, 1 for a prefix.
    package let path: Int
    /// Minus the octets of a prefix; 0 for an Exact path.
    package let prefix: Int
    /// 0 with a method, 1 without.
    package let method: Int
    /// Minus the number of headers.
    package let headers: Int
    /// Minus the number of query parameters.
    package let queryParams: Int
    /// The route's seniority.
    package let sequence: Int
    /// The route's name.
    package let name: String
    /// The rule's number in the route.
    package let rule: Int
    /// The match's number in the rule.
    package let match: Int

    /// The rank of one match of a route for one of its hosts, `nil` for a route without.
    package init(
        _ condition: HTTPRoute.Match, host: Hostname?, sequence: Int, name: String, rule: Int,
        match: Int
    ) {
        let farthest = NameSyntax.nameOctetsMax + 1
        if let host {
            self.host = host.isWildcard ? farthest - host.name.utf8.count : 0
        } else {
            self.host = farthest
        }
        path = condition.path.kind == .exact ? 0 : 1
        prefix = condition.path.kind == .exact ? 0 : -condition.path.value.utf8.count
        method = condition.method == nil ? 1 : 0
        headers = -condition.headers.count
        queryParams = -condition.queryParams.count
        self.sequence = sequence
        self.name = name
        self.rule = rule
        self.match = match
    }
}

extension MatchRank: Comparable {
    /// Whether the left match wins.
    package static func < (left: MatchRank, right: MatchRank) -> Bool {
        let ours = (left.host, left.path, left.prefix, left.method, left.headers, left.queryParams)
        let theirs = (
            right.host, right.path, right.prefix, right.method, right.headers, right.queryParams
        )
        if ours != theirs { return ours < theirs }
        if left.sequence != right.sequence { return left.sequence < right.sequence }
        if left.name != right.name {
            return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        return (left.rule, left.match) < (right.rule, right.match)
    }
}
