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
        "timeouts", "retry", "sessionPersistence", "rateLimit", "auth", "loadBalancer",
        "circuitBreaker", "cost",
    ]

    private static let filterTypes = [
        "RequestHeaderModifier", "ResponseHeaderModifier", "RequestRedirect", "URLRewrite",
        "RequestMirror", "CORS", "ExtensionRef", "ExternalAuth",
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

    private func hostnames(of fields: FieldReader) throws(DocumentFault) -> [Hostname] {
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
        }
        return hostnames
    }

    private func rule(
        from fields: FieldReader, needsPort: Bool
    ) throws(DocumentFault) -> HTTPRoute.Rule {
        try fields.allow(
            ["name", "matches", "backendRefs", "filters"], unbuilt: Self.unbuiltOfRule)
        let name = try fields.string("name")
        if let name, !NameSyntax.isSubdomain(name) {
            throw fields.fault(
                "name", "\(name.debugDescription) is no name",
                expected: "lower-case letters, digits, - and .")
        }
        try refuseFilters(of: fields)
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
        return HTTPRoute.Rule(name: name, matches: matches, backendRefs: references)
    }

    private func refuseFilters(of fields: FieldReader) throws(DocumentFault) {
        let filters = try fields.elements("filters", limit: HTTPRoute.Limit.filters) ?? []
        for (value, pointer) in filters {
            let filter = try FieldReader(value, at: pointer)
            let type = try filter.requiredString("type", expected: "a filter type")
            throw filter.fault(
                "type",
                Self.filterTypes.contains(type)
                    ? "filters: \(type) is not built yet" : "unknown filter type \(type)",
                expected: "a rule without filters")
        }
    }

    private func backendRef(
        from fields: FieldReader, needsPort: Bool
    ) throws(DocumentFault) -> HTTPRoute.BackendRef {
        try fields.allow(["group", "kind", "name", "port", "weight", "filters"])
        if let group = try fields.string("group"), !group.isEmpty {
            throw fields.fault(
                "group", "unknown group \(group)", expected: "no group, or the empty one")
        }
        _ = try fields.word("kind", of: ["Backend", "Service"])
        try refuseFilters(of: fields)
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
        let weight = try fields.integer("weight", in: 0...HTTPRoute.Limit.weight) ?? 1
        return HTTPRoute.BackendRef(name: name, port: port, weight: weight)
    }
}
