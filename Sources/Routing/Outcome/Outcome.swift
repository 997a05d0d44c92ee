/// What a table does with one request: who answers, what the endpoint would be sent, and what
/// becomes of its answer.
///
/// The gateway does the same octet by octet without building any of this; that the two agree is
/// tested on every golden case.
package struct Outcome: Hashable, Sendable {
    /// One backend's share of the requests like this one.
    package struct Share: Hashable, Sendable {
        /// The backend's name.
        package let backend: String
        /// The share, 0…1,000,000, of the sum of all.
        package let weight: Int
        /// What its endpoint is sent.
        package let forwarded: Forwarded
        /// The answer's fields as the client gets them.
        package let responseFields: [RequestSample.Field]
        /// Whether all of its endpoints that would get requests lie in refused networks, so that
        /// these are answered with 451.
        package let isRefused: Bool
    }

    /// A request as an endpoint gets it, the gateway's own fields apart.
    package struct Forwarded: Hashable, Sendable {
        /// The value of `Host`.
        package let host: String
        /// The path.
        package let path: String
        /// The field lines.
        package let fields: [RequestSample.Field]
    }

    /// The rule, when one fits.
    package let decision: Decision?
    /// The status that the gateway itself answers with; `nil` when it forwards.
    package let status: Int?
    /// What it then answers with besides: `Location`, CORS fields.
    package let answerFields: [RequestSample.Field]
    /// The other place named, in a redirect.
    package let location: String?
    /// The backends in the order written, those without weight too; empty unless it forwards.
    package let shares: [Share]
    /// The backends that get copies of it or of some like it, in the order written.
    package let mirrors: [CompiledMirror]
    /// The overlays and refusals that the request meets: of its route, then of the backends that
    /// get requests like it.
    package let effects: [Effect]

    /// Follows a request through a table.
    ///
    /// - Parameters:
    ///   - sample: The request.
    ///   - table: The table.
    ///   - answer: The fields that an endpoint would answer with.
    package init(
        of sample: RequestSample, by table: RouteTable, answer: [RequestSample.Field] = []
    ) {
        guard let decision = table.match(sample) else {
            self.init(status: 404)
            return
        }
        let rule = table.rules[decision.rule]
        if let barrier = rule.barrier {
            self.init(
                decision: decision, status: barrier.status, effects: Effect.ofRoute(of: rule))
            return
        }
        let prefix = rule.prefixOctets.isEmpty ? 0 : rule.prefixOctets[decision.match]
        if sample.isPreflight, let cors = Self.preflightPolicy(of: rule) {
            self.init(
                decision: decision, status: 204, answerFields: cors.preflightFields(for: sample),
                effects: Effect.ofRoute(of: rule))
        } else if let redirect = rule.filters.redirect {
            let location = redirect.location(for: sample, prefixOctets: prefix)
            let fields = [RequestSample.Field(name: "Location", value: location)]
            self.init(
                decision: decision, status: redirect.statusCode,
                answerFields: Self.edited(fields, by: [rule.filters], for: sample),
                location: location, effects: Effect.ofRoute(of: rule))
        } else {
            self.init(
                decision: decision, status: Self.status(of: rule, in: table),
                shares: rule.backendRefs.map { reference in
                    Share(
                        backend: table.backends[reference.backend].name, weight: reference.weight,
                        forwarded: Forwarded(
                            sample, through: [rule.filters, reference.filters],
                            prefixOctets: prefix),
                        responseFields: Self.edited(
                            answer, by: [rule.filters, reference.filters], for: sample),
                        isRefused: Self.status(of: reference, in: table) == 451)
                },
                mirrors: rule.filters.mirrors
                    + rule.backendRefs.filter { $0.weight > 0 }.flatMap(\.filters.mirrors),
                effects: Effect.ofRoute(of: rule) + Effect.ofBackends(of: rule, in: table))
        }
    }

    private init(
        decision: Decision? = nil, status: Int?, answerFields: [RequestSample.Field] = [],
        location: String? = nil, shares: [Share] = [], mirrors: [CompiledMirror] = [],
        effects: [Effect] = []
    ) {
        self.decision = decision
        self.status = status
        self.answerFields = answerFields
        self.location = location
        self.shares = shares
        self.mirrors = mirrors
        self.effects = effects
    }

    /// The policy that answers a preflight: the rule's, else that of its backendRefs when each
    /// that gets requests has one.
    private static func preflightPolicy(of rule: CompiledRule) -> HTTPRoute.CORS? {
        if let cors = rule.filters.cors { return cors }
        let policies = rule.backendRefs.filter { $0.weight > 0 }.map(\.filters.cors)
        return policies.contains(nil) ? nil : policies.first ?? nil
    }

    /// What a rule answers with that has no backend, or whose backends have no endpoint or only
    /// such as are refused.
    private static func status(of rule: CompiledRule, in table: RouteTable) -> Int? {
        let weighted = rule.backendRefs.filter { $0.weight > 0 }
        if weighted.isEmpty { return 500 }
        let statuses = weighted.map { status(of: $0, in: table) }
        return statuses.contains(nil) ? nil : statuses.contains(451) ? 451 : 503
    }

    /// What is answered where a backend has no endpoint for a reference.
    private static func status(of reference: CompiledBackendRef, in table: RouteTable) -> Int? {
        let backend = table.backends[reference.backend]
        let weighted = reference.endpoints.filter { backend.endpoints[$0].weight > 0 }
        if weighted.isEmpty { return 503 }
        return weighted.contains { backend.refusal(of: $0) == nil } ? nil : 451
    }

    private static func edited(
        _ answer: [RequestSample.Field], by filters: [CompiledFilters], for sample: RequestSample
    ) -> [RequestSample.Field] {
        var fields = answer
        for filter in filters { fields.apply(filter.responseEdits) }
        // Of two policies the backendRef's counts.
        filters.compactMap(\.cors).last?.apply(to: &fields, for: sample)
        return fields
    }
}

extension Outcome.Forwarded {
    /// A request after filters: of two that change the host or the path, the last counts.
    init(_ sample: RequestSample, through filters: [CompiledFilters], prefixOctets: Int) {
        let rewrites = filters.compactMap(\.rewrite)
        host = rewrites.compactMap(\.hostname).last ?? sample.authority
        path =
            rewrites.compactMap(\.path).last?.applied(to: sample.path, prefixOctets: prefixOctets)
            ?? sample.path
        var fields = sample.fields
        for filter in filters { fields.apply(filter.requestEdits) }
        self.fields = fields
    }
}
