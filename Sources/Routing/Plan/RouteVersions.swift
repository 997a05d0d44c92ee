/// A route before and after an operation.
struct RouteVersions {
    /// As it is, when it is in force.
    let before: HTTPRoute?
    /// As it will be, when it will be in force.
    let after: HTTPRoute?
    /// Its seniority; after everything in force for a new one.
    let sequence: Int

    /// The versions of the route that an operation is about.
    ///
    /// - Returns: `nil` when it is about a backend.
    init?(_ operation: Operation, on base: DocumentSet) {
        guard operation.key.kind == .route else { return nil }
        let current = base[operation.key]
        before = current?.proposed.route
        after = operation.proposed?.route
        sequence = current?.sequence ?? .max
    }

    /// Whether the same requests reach the same rules, so that nothing can change hands.
    var keepsMatching: Bool {
        guard let before, let after else { return false }
        return before.hostnames == after.hostnames
            && before.rules.map(\.matches) == after.rules.map(\.matches)
            && before.rules.map(\.name) == after.rules.map(\.name)
    }

    /// The rules that are added, removed or changed.
    var ruleChanges: [Plan.RuleChange] {
        let old = Self.rules(of: before)
        let new = Self.rules(of: after)
        var changes: [Plan.RuleChange] = []
        for (label, rule) in old {
            guard let other = new.first(where: { $0.label == label })?.rule else {
                changes.append(Plan.RuleChange(rule: label, kind: .removed, fields: []))
                continue
            }
            let fields = Self.differences(
                rule, other, hostsChange: before?.hostnames != after?.hostnames)
            if !fields.isEmpty {
                changes.append(Plan.RuleChange(rule: label, kind: .changed, fields: fields))
            }
        }
        for (label, _) in new where !old.contains(where: { $0.label == label }) {
            changes.append(Plan.RuleChange(rule: label, kind: .added, fields: []))
        }
        return changes
    }

    private static func rules(of route: HTTPRoute?) -> [(label: String, rule: HTTPRoute.Rule)] {
        guard let route else { return [] }
        return route.rules.enumerated().map { ("\(route.name)/\(route.label(ofRule: $0))", $1) }
    }

    private static func differences(
        _ old: HTTPRoute.Rule, _ new: HTTPRoute.Rule, hostsChange: Bool
    ) -> [String] {
        (hostsChange ? ["hostnames"] : []) + (old.matches != new.matches ? ["matches"] : [])
            + (old.filters != new.filters ? ["filters"] : [])
            + (old.backendRefs != new.backendRefs ? ["backendRefs"] : [])
            + (old.timeouts != new.timeouts ? ["timeouts"] : [])
            + (old.retry != new.retry ? ["retry"] : [])
    }
}

extension ProposedDocument {
    /// The route, when it is one.
    var route: HTTPRoute? {
        if case .route(let route) = document { route } else { nil }
    }
}
