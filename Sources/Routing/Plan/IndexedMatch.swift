/// One match of a route for one of its hosts.
struct IndexedMatch: Sendable {
    /// The host; `nil` for a route without hostnames.
    let host: Hostname?
    /// What it asks of a request.
    let match: HTTPRoute.Match
    /// What decides between it and others that fit.
    let rank: MatchRank
    /// The route's name.
    let route: String
    /// `route/rule`.
    let label: String
    /// What it asks of headers and query, at a glance.
    let bits: ConditionBits

    /// Which match of which document it is, and for which host.
    struct Identity: Hashable {
        let route: String
        let rule: Int
        let match: Int
        let host: Hostname?
    }

    /// Which match of which document it is, and for which host: ranks of hosts of one length are
    /// the same.
    var identity: Identity {
        Identity(route: route, rule: rank.rule, match: rank.match, host: host)
    }

    /// The hosts of a route; one `nil` for a route without hostnames.
    static func hosts(of route: HTTPRoute) -> [Hostname?] {
        route.hostnames.isEmpty ? [nil] : route.hostnames
    }

    /// Every match of a route, for each of its hosts.
    static func all(of route: HTTPRoute, sequence: Int) -> [IndexedMatch] {
        var all: [IndexedMatch] = []
        for host in hosts(of: route) {
            for (ruleIndex, rule) in route.rules.enumerated() {
                let label = "\(route.name)/\(route.label(ofRule: ruleIndex))"
                for (index, match) in rule.matches.enumerated() {
                    let rank = MatchRank(
                        match, host: host, sequence: sequence, name: route.name, rule: ruleIndex,
                        match: index)
                    all.append(
                        IndexedMatch(
                            host: host, match: match, rank: rank, route: route.name, label: label,
                            bits: ConditionBits(
                                headers: match.headers, queryParams: match.queryParams)))
                }
            }
        }
        return all
    }
}
