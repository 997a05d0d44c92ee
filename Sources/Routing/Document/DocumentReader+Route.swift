import CanonicalJSON

extension HTTPRoute {
    /// The limits of reference: a route that needs more is several routes.
    enum Limit {
        /// Hostnames of a route.
        static let hostnames = 16
        /// Rules of a route.
        static let rules = 16
        /// Matches of a rule.
        static let matchesOfRule = 64
        /// Matches of all of a route's rules.
        static let matchesOfRoute = 128
        /// Backend references of a rule.
        static let backendRefs = 16
        /// Filters of a rule.
        static let filters = 16
        /// The largest weight.
        static let weight = 1_000_000
    }
}

extension DocumentReader {
    /// Fields that the language will have on a rule; refused by name until they work.
    private static let unbuiltOfRule = [
        "sessionPersistence", "rateLimit", "auth", "loadBalancer",
        "circuitBreaker", "cost",
    ]

    /// Reads a route's hostnames and rules.
    mutating func route(from body: Body) throws(DocumentFault) -> HTTPRoute {
        let fields = body.fields
        try fields.allow(body.envelope + ["hostnames", "rules", "parentRefs"])
        try dropParentRefs(of: fields)
        let hostnames = try hostnames(of: fields)
        guard let elements = try fields.elements("rules", limit: HTTPRoute.Limit.rules),
            !elements.isEmpty
        else {
            throw fields.fault(nil, "no rules", expected: "rules: 1 to \(HTTPRoute.Limit.rules)")
        }
        var rules: [HTTPRoute.Rule] = []
        for (value, pointer) in elements {
            let rule = try self.rule(
                from: try FieldReader(value, at: pointer), needsPort: body.isKubernetes)
            if let name = rule.name, rules.contains(where: { $0.name == name }) {
                throw DocumentFault(
                    pointer: pointer + "/name", reason: "a second rule named \(name)",
                    expected: "names that are unique in the route")
            }
            rules.append(rule)
        }
        let matches = rules.reduce(0) { $0 + $1.matches.count }
        guard matches <= HTTPRoute.Limit.matchesOfRoute else {
            throw fields.fault(
                "rules", "\(matches) matches in the route",
                expected: "at most \(HTTPRoute.Limit.matchesOfRoute)")
        }
        return HTTPRoute(name: body.name, hostnames: hostnames, rules: rules)
    }

    private mutating func hostnames(of fields: FieldReader) throws(DocumentFault) -> [Hostname] {
        var hostnames: [Hostname] = []
        let elements = try fields.elements("hostnames", limit: HTTPRoute.Limit.hostnames) ?? []
        for (value, pointer) in elements {
            guard let text = value.string, let hostname = Hostname(text: text) else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(value.canonicalText) is no hostname",
                    expected: Hostname.expectation)
            }
            guard !hostnames.contains(hostname) else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(hostname.text) came before",
                    expected: "each hostname once")
            }
            hostnames.append(hostname)
            if let notice = hostname.notice { note(notice, at: pointer) }
        }
        return hostnames
    }

    private func rule(
        from fields: FieldReader, needsPort: Bool
    ) throws(DocumentFault) -> HTTPRoute.Rule {
        try fields.allow(
            ["name", "matches", "backendRefs", "filters", "timeouts", "retry"],
            unbuilt: Self.unbuiltOfRule)
        let name = try fields.string("name")
        if let name, !NameSyntax.isSubdomain(name) {
            throw fields.fault(
                "name", "\(name.debugDescription) is no name",
                expected: "lower-case letters, digits, - and .")
        }
        var matches: [HTTPRoute.Match] = []
        let elements = try fields.elements("matches", limit: HTTPRoute.Limit.matchesOfRule) ?? []
        for (value, pointer) in elements {
            matches.append(try HTTPRoute.Match.read(from: try FieldReader(value, at: pointer)))
        }
        if matches.isEmpty { matches = [.everything] }
        var references: [HTTPRoute.BackendRef] = []
        let targets = try fields.elements("backendRefs", limit: HTTPRoute.Limit.backendRefs) ?? []
        for (value, pointer) in targets {
            let reader = try FieldReader(value, at: pointer)
            references.append(try backendRef(from: reader, needsPort: needsPort))
        }
        let timeouts = try fields["timeouts"].map { value throws(DocumentFault) in
            try HTTPRoute.Timeouts.read(
                from: try FieldReader(value, at: fields.pointer(to: "timeouts")))
        }
        let retry = try fields["retry"].map { value throws(DocumentFault) in
            try HTTPRoute.Retry.read(from: try FieldReader(value, at: fields.pointer(to: "retry")))
        }
        let rule = HTTPRoute.Rule(
            name: name, matches: matches, backendRefs: references,
            filters: try filters(of: fields, at: .rule, needsPort: needsPort), timeouts: timeouts,
            retry: retry)
        try check(rule, fields)
        return rule
    }

    /// Refuses what the parts of a rule forbid each other.
    private func check(_ rule: HTTPRoute.Rule, _ fields: FieldReader) throws(DocumentFault) {
        if rule.redirect != nil, !rule.backendRefs.isEmpty {
            throw fields.fault(
                "backendRefs", "a redirect with backendRefs",
                expected: "none: a redirected request is not forwarded")
        }
        guard rule.matches.contains(where: { $0.path.kind != .prefix }) else { return }
        let places =
            [(rule.filters, fields.pointer(to: "filters"))]
            + rule.backendRefs.enumerated().map {
                ($1.filters, fields.pointer(to: "backendRefs") + "/\($0)/filters")
            }
        for (filters, pointer) in places {
            if let index = filters.firstIndex(where: \.replacesPrefix) {
                throw DocumentFault(
                    pointer: "\(pointer)/\(index)",
                    reason: "ReplacePrefixMatch where a match has an Exact path",
                    expected: "a PathPrefix in every match of the rule")
            }
        }
    }

    private func backendRef(
        from fields: FieldReader, needsPort: Bool
    ) throws(DocumentFault) -> HTTPRoute.BackendRef {
        try fields.allow(["group", "kind", "name", "port", "weight", "filters"])
        let (name, port) = try target(from: fields, needsPort: needsPort)
        let weight = try fields.integer("weight", in: 0...HTTPRoute.Limit.weight) ?? 1
        return HTTPRoute.BackendRef(
            name: name, port: port, weight: weight,
            filters: try filters(of: fields, at: .backendRef, needsPort: needsPort))
    }

    /// Reads which backend a reference names, and by which port.
    func target(
        from fields: FieldReader, needsPort: Bool
    ) throws(DocumentFault) -> (name: String, port: Int?) {
        if let group = try fields.string("group"), !group.isEmpty {
            throw fields.fault(
                "group", "unknown group \(group)", expected: "no group, or the empty one")
        }
        _ = try fields.word("kind", of: ["Backend", "Service"])
        let name = try fields.requiredString("name", expected: "the name of a Backend")
        guard NameSyntax.isSubdomain(name) else {
            throw fields.fault(
                "name", "\(name.debugDescription) is no name", expected: "the name of a Backend")
        }
        let port = try fields.integer("port", in: 1...65_535)
        if needsPort, port == nil {
            throw fields.fault(
                nil, "port is missing",
                expected: "a port: this spelling's backendRefs must name one")
        }
        return (name, port)
    }
}
