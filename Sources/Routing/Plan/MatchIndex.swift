/// Every match of every route, by host and path: what a plan asks instead of reading all routes.
///
/// Hosts are looked up, and walked below a wildcard alone; paths of a host are a sorted array, in
/// which all paths below a prefix stand together. So the cost of a plan follows what overlaps, not
/// the table.
struct MatchIndex: Sendable {
    /// By the spelling of the host, which is empty for routes without hostnames.
    private(set) var hosts: [String: [PathGroup]] = [:]
    /// The names of these hosts.
    private var names = NameTree()

    /// The matches of one host and one path.
    struct PathGroup: AtPath, Sendable {
        let path: String
        /// The matches of this path exactly, the most specific first.
        var exact: [IndexedMatch] = []
        /// The matches of this path as a prefix, the most specific first.
        var prefix: [IndexedMatch] = []
    }

    /// Adds a route's matches for each of its hosts.
    mutating func insert(_ route: HTTPRoute, sequence: Int) {
        for match in IndexedMatch.all(of: route, sequence: sequence) {
            let key = match.host?.text ?? ""
            let path = match.match.path
            if let host = match.host, hosts[key] == nil { names.insert(host.name) }
            let place = (hosts[key] ?? []).position(of: path.value)
            if hosts[key].map({ place < $0.count && $0[place].path == path.value }) != true {
                hosts[key, default: []].insert(PathGroup(path: path.value), at: place)
            }
            switch path.kind {
            case .exact: hosts[key]?[place].exact.insertByRank(match)
            case .prefix: hosts[key]?[place].prefix.insertByRank(match)
            }
        }
    }

    /// Takes a route's matches out.
    mutating func remove(_ route: HTTPRoute) {
        for host in IndexedMatch.hosts(of: route) {
            let key = host?.text ?? ""
            for path in Set(route.rules.flatMap(\.matches).map(\.path.value)) {
                let place = (hosts[key] ?? []).position(of: path)
                guard let groups = hosts[key], place < groups.count, groups[place].path == path
                else { continue }
                hosts[key]?[place].exact.removeAll { $0.route == route.name }
                hosts[key]?[place].prefix.removeAll { $0.route == route.name }
                if hosts[key]?[place].exact.isEmpty == true,
                    hosts[key]?[place].prefix.isEmpty == true
                {
                    hosts[key]?.remove(at: place)
                }
            }
            if hosts[key]?.isEmpty == true {
                hosts[key] = nil
                let hosts = hosts
                if let host {
                    names.remove(host.name) { hosts[$0] != nil || hosts["*.\($0)"] != nil }
                }
            }
        }
    }

    /// The hosts of the index that lie within a host and are not it, sorted, as it spells them.
    func hosts(below host: Hostname?) -> [String] {
        if let host, !host.isWildcard { return [] }
        return names.names(below: host?.name ?? "")
            .flatMap { [$0, "*.\($0)"] }.filter { hosts[$0] != nil }.sorted()
    }

    /// The hosts of the index that hold a host or are it, as it spells them, nearest first.
    func hosts(around host: Hostname?) -> [String] {
        IndexedMatch.hosts(around: host).filter { hosts[$0] != nil }
    }

    /// The matches of a host at exactly that path.
    func group(host: String, path: Substring) -> PathGroup? {
        guard let groups = hosts[host] else { return nil }
        let place = groups.position(of: path)
        return place < groups.count && groups[place].path == path ? groups[place] : nil
    }

    /// The groups of a host whose path lies below a prefix, not at it.
    func groups(host: String, below prefix: String) -> ArraySlice<PathGroup> {
        guard let groups = hosts[host] else { return [] }
        let beginning = prefix + "/"
        let first = groups.position(of: beginning)
        return groups[first...].prefix { $0.path.hasPrefix(beginning) }
    }
}

extension [IndexedMatch] {
    /// Inserts a match where its rank belongs.
    fileprivate mutating func insertByRank(_ match: IndexedMatch) {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].rank < match.rank { low = middle + 1 } else { high = middle }
        }
        insert(match, at: low)
    }
}
