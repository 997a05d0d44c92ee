/// Documents that can be asked what they would do with requests.
///
/// It keeps its table to itself, so that what is asked here can never be served (law 3): a gateway
/// takes tables from a verified log alone.
package struct Rehearsal: Sendable {
    /// The documents.
    package let documents: DocumentSet
    private let table: RouteTable

    /// Gets ready to ask about documents.
    ///
    /// - Complexity: That of compiling them.
    package init(_ documents: DocumentSet) {
        self.documents = documents
        table = RouteTable(compiling: documents)
    }

    /// Follows a request through the documents.
    ///
    /// - Parameter answer: The fields that an endpoint would answer with.
    package func follow(_ sample: RequestSample, answer: [RequestSample.Field] = []) -> Rehearsed {
        let outcome = Outcome(of: sample, by: table, answer: answer)
        let rule = outcome.decision.map { table.rules[$0.rule] }
        let filters = rule.map { [$0.filters] } ?? []
        let prefix = outcome.decision.flatMap { decision in
            rule.map { $0.prefixOctets.isEmpty ? 0 : $0.prefixOctets[decision.match] }
        }
        var fields = answer
        for filter in filters { fields.apply(filter.responseEdits) }
        for filter in filters { filter.cors?.apply(to: &fields, for: sample) }
        return Rehearsed(
            outcome: outcome, rule: rule,
            forwarded: Outcome.Forwarded(sample, through: filters, prefixOctets: prefix ?? 0),
            responseFields: fields,
            mirrors: outcome.mirrors.map { Rehearsed.Copy($0, to: table.backends[$0.backend]) })
    }
}

/// What documents would do with one request.
package struct Rehearsed: Sendable {
    /// What happens.
    package let outcome: Outcome
    /// The rule that serves it, when one does.
    package let rule: CompiledRule?
    /// The request after the rule's own filters, before those of a backendRef.
    package let forwarded: Outcome.Forwarded
    /// The answer's fields after the rule's own filters.
    package let responseFields: [RequestSample.Field]
    /// The copies that are sent, in the order written.
    package let mirrors: [Copy]

    /// A copy of requests to another backend.
    package struct Copy: Hashable, Sendable {
        /// The backend's name.
        package let backend: String
        /// Of `denominator` requests, how many are copied.
        package let numerator: Int
        /// At least 1 and the numerator.
        package let denominator: Int

        init(_ mirror: CompiledMirror, to backend: CompiledBackend) {
            self.backend = backend.name
            numerator = mirror.numerator
            denominator = mirror.denominator
        }
    }
}
