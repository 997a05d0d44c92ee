/// Compiles documents into the flat arrays of a ``RouteTable``.
struct TableBuilder {
    private(set) var backends: [CompiledBackend] = []
    private(set) var rules: [CompiledRule] = []
    private(set) var matches: [CompiledMatch] = []
    private(set) var conditions: [CompiledCondition] = []
    private(set) var arena = TextArena()

    /// A match for one host, before it has a group.
    private struct Entry {
        let host: Int32
        let path: TextRange
        let isPrefix: Bool
        let match: Int32
    }

    /// What the indexes are made of.
    struct Indexes {
        let hosts: HostIndex
        let paths: PathIndex
        let candidates: [Int32]
    }

    /// Where nothing is sent.
    let refusedNetworks: RefusedNetworks

    private let digest: ContentDigest
    private var backendIndices: [String: Int] = [:]
    private var entries: [Entry] = []
    private var hosts: [HostIndex.Host] = []
    private var hostNames: [Hostname?] = []
    private var hostIndices: [Hostname?: Int32] = [:]
    /// The condition that each match was compiled from, for ranks.
    private var sources: [HTTPRoute.Match] = []

    /// Reads the documents, and what is laid over them.
    init(_ set: DocumentSet) {
        digest = set.tableDigest
        refusedNetworks = RefusedNetworks(set.refusals)
        let citations = CitationWriter(digest: set.tableDigest)
        let laid = set.laidOver(by: set.standingOverlays)
        // Backends come first in the order of keys, so that every reference finds its backend.
        set.forEachName(laid: laid) { place, laid in
            guard let document = laid?.restored?.document ?? place.map({ set.documents[$0] })
            else { return }
            switch document.proposed.document {
            case .backend(let backend): add(backend, laid: laid)
            case .route(let route):
                add(route, document: document, laid: laid, citations: citations)
            }
        }
    }

    private mutating func add(_ backend: Backend, laid: LaidOver?) {
        backendIndices[backend.name] = backends.count
        let endpoints = laid?.endpoints?.list ?? backend.endpoints
        let refusedBy =
            refusedNetworks.list.isEmpty
            ? [] : endpoints.map { refusedNetworks.element(refusing: $0.address) }
        backends.append(
            CompiledBackend(
                name: backend.name, protocol: backend.protocol, endpoints: endpoints,
                overlay: laid?.restored.map { .restored(entry: $0.index) }
                    ?? laid?.endpoints.map { .endpoints(entry: $0.index) },
                refusedBy: refusedBy.contains { $0 != nil } ? refusedBy : []))
    }

    private mutating func add(
        _ route: HTTPRoute, document: RatifiedDocument, laid: LaidOver?, citations: CitationWriter
    ) {
        let hostIndices = IndexedMatch.hosts(of: route).map { index(of: $0) }
        for (index, rule) in route.rules.enumerated() {
            let label = route.label(ofRule: index)
            for (number, match) in rule.matches.enumerated() {
                add(match, number: number, hosts: hostIndices)
            }
            let references = rule.backendRefs.map(compiled)
            rules.append(
                CompiledRule(
                    route: route.name, rule: label, backendRefs: references,
                    weightSum: references.reduce(0) { $0 + $1.weight },
                    sequence: document.sequence, enactment: document.enactment,
                    citation: citations.citation(
                        rule: "\(route.name)/\(label)", enactment: document.enactment,
                        overlay: laid?.routeEntry),
                    filters: compiled(rule.filters), prefixOctets: Self.prefixOctets(of: rule),
                    timeouts: rule.timeouts, retry: rule.retry, barrier: laid?.barrier,
                    restoredBy: laid?.restored?.index))
        }
    }

    private mutating func index(of host: Hostname?) -> Int32 {
        if let index = hostIndices[host] { return index }
        let index = Int32(truncatingIfNeeded: hosts.count)
        hostIndices[host] = index
        hosts.append(
            HostIndex.Host(
                name: host.map { arena.append($0.name) } ?? .empty,
                isWildcard: host?.isWildcard ?? false))
        hostNames.append(host)
        return index
    }

    private func compiled(_ reference: HTTPRoute.BackendRef) -> CompiledBackendRef {
        let (index, endpoints) = served(by: reference.name, port: reference.port)
        return CompiledBackendRef(
            backend: index, weight: reference.weight, endpoints: endpoints,
            filters: compiled(reference.filters))
    }

    private func compiled(_ filters: [HTTPRoute.Filter]) -> CompiledFilters {
        CompiledFilters(
            filters: filters,
            mirrors: filters.enumerated().compactMap { position, filter in
                guard case .mirror(let mirror) = filter else { return nil }
                let (index, endpoints) = served(by: mirror.backend, port: mirror.port)
                return CompiledMirror(
                    position: position, backend: index, endpoints: endpoints,
                    numerator: mirror.numerator, denominator: mirror.denominator)
            })
    }

    /// The backend of that name, and those of its endpoints that have the port.
    private func served(by name: String, port: Int?) -> (backend: Int, endpoints: [Int]) {
        guard let index = backendIndices[name] else {
            preconditionFailure("a document set refuses references to backends that are not there")
        }
        let endpoints = backends[index].endpoints
        let served = endpoints.indices.filter { port == nil || endpoints[$0].port == port }
        return (index, Array(served))
    }

    private static func prefixOctets(of rule: HTTPRoute.Rule) -> [Int] {
        let filters = rule.filters + rule.backendRefs.flatMap(\.filters)
        if !filters.contains(where: \.replacesPrefix) { return [] }
        return rule.matches.map(\.path.value.utf8.count)
    }

    private mutating func add(_ match: HTTPRoute.Match, number: Int, hosts: [Int32]) {
        let index = Int32(truncatingIfNeeded: matches.count)
        let first = conditions.count
        for condition in match.headers + match.queryParams {
            conditions.append(
                CompiledCondition(
                    name: arena.append(condition.name), value: arena.append(condition.value)))
        }
        matches.append(
            CompiledMatch(
                rule: rules.count, number: number,
                method: match.method.map { arena.append($0) } ?? .empty, firstCondition: first,
                headerCount: match.headers.count, queryCount: match.queryParams.count))
        sources.append(match)
        let path = arena.append(match.path.value)
        for host in hosts {
            entries.append(
                Entry(host: host, path: path, isPrefix: match.path.kind == .prefix, match: index))
        }
    }

    /// Builds the indexes, under another hash key whenever keys collide too much.
    mutating func buildIndexes() -> Indexes {
        let anyHost = hostIndices[.none] ?? -1
        var attempt: UInt64 = 0
        while true {
            let hash = KeyedHash(digest: digest, attempt: attempt)
            // The room doubles every few tries, so that the search for a key surely ends.
            let room = 1 << Int(min(attempt / 4, 8))
            attempt += 1
            guard
                let hosts = HostIndex(
                    hosts: hosts, anyHost: anyHost, capacity: hosts.count * room,
                    texts: arena.octets, hash: hash),
                let found = buildPaths(hash: hash, capacity: entries.count * room)
            else { continue }
            return Indexes(hosts: hosts, paths: found.paths, candidates: found.candidates)
        }
    }

    private func buildPaths(
        hash: KeyedHash, capacity: Int
    ) -> (paths: PathIndex, candidates: [Int32])? {
        var paths = PathIndex(
            hostCount: hosts.count, capacity: capacity, texts: arena.octets, hash: hash)
        var groupOfEntry: [Int32] = []
        groupOfEntry.reserveCapacity(entries.count)
        for entry in entries {
            guard
                let group = paths.add(host: entry.host, path: entry.path, isPrefix: entry.isPrefix)
            else { return nil }
            groupOfEntry.append(group)
        }
        paths.finish()
        var next = paths.groups.map { Int($0.first) }
        var candidates = [Int32](repeating: 0, count: entries.count)
        for (entry, group) in zip(entries, groupOfEntry) {
            candidates[next[Int(group)]] = entry.match
            next[Int(group)] += 1
        }
        for group in paths.groups where group.count > 1 {
            let range = Int(group.first)..<Int(group.first + group.count)
            let host = hostNames[Int(group.host)]
            let ranked = candidates[range].map { (rank: rank(of: $0, host: host), match: $0) }
            candidates.replaceSubrange(
                range, with: ranked.sorted { $0.rank < $1.rank }.map(\.match))
        }
        return (paths, candidates)
    }

    private func rank(of match: Int32, host: Hostname?) -> MatchRank {
        let compiled = matches[Int(match)]
        let rule = rules[Int(compiled.rule)]
        // Rules of one route stand together in order, so their indices rank like their numbers.
        return MatchRank(
            sources[Int(match)], host: host, sequence: rule.sequence, name: rule.route,
            rule: Int(compiled.rule), match: Int(compiled.number))
    }
}
