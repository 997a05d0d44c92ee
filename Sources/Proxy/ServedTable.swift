internal import HTTP1
internal import Reactor
internal import Routing

/// A route table as one loop serves it: the shared table for matching, and beside it, in the
/// loop's own memory, what forwarding needs of each rule. Reading the shared table's arrays for
/// every request would have all cores count the same references.
///
/// Requests hold on to the table that decided them (`inFlight`), so a swap changes nothing for
/// them; a replaced table goes when its last request ends.
struct ServedTable: ~Copyable {
    /// What a rule's requests need.
    struct Rule {
        /// Its shares' places in `shares`.
        let shares: Range<Int>
        /// What it does when it answers by itself (a redirect, a preflight); -1 when it does not.
        let program: Int
        /// Where the octets of its matches' prefixes stand; empty when nothing replaces one.
        let prefixes: Range<Int>
        /// Why its requests go nowhere, when it has no shares.
        let lack: Lack
        /// Its citation's place in `texts`.
        let citation: Range<Int>
        /// The place there of what the access log says of it.
        let logged: Range<Int>
        /// The place there of `route/rule`, a part of it.
        let label: Range<Int>
        var turn: WeightedTurn
    }

    /// Why the requests of a rule go nowhere, in one octet.
    enum Lack: UInt8 {
        case backend
        case disabled
        case refused

        /// What they are answered with.
        var failure: Failure {
            switch self {
            case .backend: .noBackend
            case .disabled: .routeDisabled
            case .refused: .routeRefused
            }
        }
    }

    /// One backendRef with a weight.
    struct Share {
        let group: Int
        /// What the filters of the rule and of the reference do; -1 for nothing.
        let program: Int
        /// The sum of the weights up to and with this one.
        let upTo: UInt64
    }

    /// Endpoints that serve the same requests: a backend, or those of it with one port.
    struct Group {
        let members: Range<Int>
        var turn: WeightedTurn
    }

    /// One endpoint of a group.
    struct Member {
        /// Its place in the loop's registry.
        let endpoint: Int
        /// The sum of the weights up to and with this one.
        let upTo: UInt64
    }

    let table: RouteTable
    var rules: UniqueArray<Rule>
    private(set) var shares: UniqueArray<Share>
    var filters: ServedFilters
    private var prefixes = UniqueArray<Int>()
    private(set) var groups: UniqueArray<Group>
    private(set) var members: UniqueArray<Member>
    /// What is written of rules; first the digits of the digest that are cited.
    private var texts: UniqueArray<UInt8>

    /// Requests that were decided by it and have not ended.
    var inFlight = 0

    /// Lays a table out for a loop.
    ///
    /// - Parameters:
    ///   - table: what was published.
    ///   - seed: where the weights' turns begin; another number for each loop.
    ///   - secrets: what the operator holds for backends.
    ///   - place: gives an endpoint its place in the loop's registry.
    /// - Complexity: O(rules and their references). Copies the texts.
    init(
        _ table: RouteTable, seed: UInt64, secrets: BackendSecrets,
        place: (Endpoint.Key) -> Int
    ) {
        self.table = table
        rules = UniqueArray(reserving: table.rules.count)
        shares = UniqueArray(reserving: table.rules.count)
        groups = UniqueArray(reserving: table.backends.count)
        members = UniqueArray(reserving: table.backends.count)
        texts = UniqueArray(reserving: table.rules.count * 192)
        for octet in table.digest.hex.prefix(TrafficKind.tableDigits).utf8 { texts.append(octet) }
        filters = ServedFilters(secrets: secrets)
        let places = table.backends.map { $0.endpoints.map { place(Endpoint.Key($0)) } }
        var known: [GroupKey: Int] = [:]
        for (number, rule) in table.rules.enumerated() {
            let turnSeed = seed &+ UInt64(number)
            let firstShare = shares.count
            var sum: UInt64 = 0
            let groupOf = { (backend: Int, endpoints: [Int], table: inout ServedTable) in
                let key = GroupKey(backend: backend, endpoints: endpoints)
                let group =
                    known[key] ?? table.appendGroup(key, places: places, seed: turnSeed)
                known[key] = group
                return group
            }
            // A rule whose requests are answered at once has no share and no program, so that
            // ordinary requests need not ask whether theirs is such a rule.
            for reference in rule.backendRefs where reference.weight > 0 && rule.barrier == nil {
                sum += UInt64(reference.weight)
                let group = groupOf(reference.backend, reference.endpoints, &self)
                let program = appendProgram(of: rule, reference) { mirror, table in
                    groupOf(mirror.backend, mirror.endpoints, &table)
                }
                shares.append(Share(group: group, program: program, upTo: sum))
            }
            let answers = rule.answersItself
            let citation = appendText(rule.citation)
            // Names of routes and rules need no escapes in a JSON string.
            let opening = Array(",\"route\":\"".utf8)
            let label = Array("\(rule.route)/\(rule.rule)".utf8)
            let logged = appendText(
                opening + label
                    + Array(
                        ("\",\"proposal\":\(rule.enactment.proposal),"
                            + "\"entry\":\(rule.enactment.entry)").utf8))
            let labelStart = logged.lowerBound + opening.count
            rules.append(
                Rule(
                    shares: firstShare..<shares.count,
                    program: answers ? appendProgram(of: rule, nil) { _, _ in -1 } : -1,
                    prefixes: appendPrefixes(of: rule), lack: rule.lack,
                    citation: citation, logged: logged,
                    label: labelStart..<labelStart + label.count,
                    turn: WeightedTurn(total: sum, seed: turnSeed)))
        }
    }

    private mutating func appendProgram(
        of rule: CompiledRule, _ reference: CompiledBackendRef?,
        group: (CompiledMirror, inout ServedTable) -> Int
    ) -> Int {
        let mirrors = rule.filters.mirrors + (reference?.filters.mirrors ?? [])
        var groups: [CompiledMirror: Int] = [:]
        for mirror in mirrors { groups[mirror] = group(mirror, &self) }
        let backend = reference.map { table.backends[$0.backend].name } ?? ""
        return filters.add(
            ServedFilters.Source(rule: rule, reference: reference, backend: backend)
        ) { groups[$0] ?? -1 }
    }

    private mutating func appendPrefixes(of rule: CompiledRule) -> Range<Int> {
        let first = prefixes.count
        for octets in rule.prefixOctets { prefixes.append(octets) }
        return first..<prefixes.count
    }

    /// The octets of the prefix by which a request fitted, where something replaces it.
    func prefixOctets(of decision: Decision) -> Int {
        let range = rules[decision.rule].prefixes
        return range.isEmpty ? 0 : prefixes[range.lowerBound + decision.match]
    }

    private struct GroupKey: Hashable {
        let backend: Int
        let endpoints: [Int]
    }

    private mutating func appendGroup(
        _ key: GroupKey, places: [[Int]], seed: UInt64
    ) -> Int {
        let first = members.count
        var sum: UInt64 = 0
        let endpoints = table.backends[key.backend].endpoints
        for index in key.endpoints where endpoints[index].weight > 0 {
            sum += UInt64(endpoints[index].weight)
            members.append(Member(endpoint: places[key.backend][index], upTo: sum))
        }
        groups.append(
            Group(members: first..<members.count, turn: WeightedTurn(total: sum, seed: seed)))
        return groups.count - 1
    }

    private mutating func appendText(_ octets: [UInt8]) -> Range<Int> {
        let first = texts.count
        for octet in octets { texts.append(octet) }
        return first..<texts.count
    }

    /// The share whose turn it is for a rule; -1 when no reference has a weight.
    mutating func nextShare(rule: Int) -> Int {
        let range = rules[rule].shares
        if range.isEmpty { return -1 }
        let position = rules[rule].turn.next()
        var index = range.lowerBound
        while index < range.upperBound - 1 && shares[index].upTo <= position { index += 1 }
        return index
    }

    /// The member whose turn it is in a group, as an index into `members`; -1 for a group
    /// whose endpoints all have no weight.
    mutating func nextMember(group: Int) -> Int {
        let range = groups[group].members
        if range.isEmpty { return -1 }
        let position = groups[group].turn.next()
        var index = range.lowerBound
        while index < range.upperBound - 1 && members[index].upTo <= position { index += 1 }
        return index
    }

    /// Finds the rule for a request.
    ///
    /// - Parameters:
    ///   - head: the request, parsed from what waits in `input`.
    ///   - path: its canonical path.
    ///   - fields: its field lines.
    func match(
        _ head: borrowing RequestHead, in input: borrowing Buffer, path: borrowing RequestPath,
        _ fields: borrowing MatchedFields
    ) -> Decision? {
        let octets = input.span
        return table.match(
            method: octets.extracting(head.methodName.indices),
            host: octets.extracting(head.host.indices), path: path.span(in: octets),
            query: octets.extracting(head.query.indices), fields: fields, octets: octets)
    }

    /// Writes the field that names the vote behind a rule.
    func writeCitation(rule: Int, into output: inout Buffer) {
        output.append("Commonway-Route: ")
        output.append(texts.span(rules[rule].citation))
        output.append("\r\n")
    }

    /// Writes the table and rule of a line about traffic.
    ///
    /// - Parameter rule: -1 where none fitted.
    func writeKind(rule: Int, into line: inout Buffer) {
        line.append(texts.span(0..<TrafficKind.tableDigits))
        line.append(0x20)
        if rule >= 0 {
            line.append(texts.span(rules[rule].label))
        } else {
            line.append("-")
        }
        line.append(0x20)
    }

    /// Writes the members of an access log's line that name a rule and its vote.
    func writeRule(_ rule: Int, into line: inout Buffer) {
        line.append(texts.span(rules[rule].logged))
    }
}

extension CompiledRule {
    /// Whether it has a filter that answers.
    fileprivate var answersItself: Bool {
        barrier == nil && (filters.redirect != nil || filters.cors != nil)
    }

    /// Why its requests go nowhere when nothing serves them.
    fileprivate var lack: ServedTable.Lack {
        switch barrier {
        case .disabled?: .disabled
        case .refused?: .refused
        case nil: .backend
        }
    }
}
