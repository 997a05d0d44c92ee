/// The class that a change of documents falls into: routine is an allow-list, all else is
/// sensitive.
struct Classification {
    /// The class.
    let changeClass: ChangeClass
    /// Why, in words; one reason at least.
    let reasons: [String]

    /// Classifies a bundle.
    ///
    /// - Parameters:
    ///   - bundle: The operations.
    ///   - base: The documents in force.
    ///   - moves: Between which rules requests change hands, sorted.
    init(
        _ bundle: OperationBundle, on base: DocumentSet, moves: [Plan.Move]
    ) throws(PlanFault) {
        var sensitive: [String] = []
        var routine: [String] = []
        for operation in bundle.operations {
            guard let proposed = operation.proposed else {
                sensitive.append("\(operation.key.text) is deleted")
                continue
            }
            let current = base[operation.key]?.proposed.document
            switch (current, proposed.document) {
            case (nil, .backend):
                sensitive.append("\(operation.key.text) is new")
            case (_?, .backend):
                sensitive.append("\(operation.key.text) changes")
            case (.route(let before)?, .route(let after)):
                let reasons = Self.objections(from: before, to: after)
                sensitive += reasons
                if reasons.isEmpty {
                    routine.append(
                        "\(operation.key.text) changes matches or weights between backends that "
                            + "it names already")
                }
            case (_, .route(let after)):
                let reasons = try Self.objections(toNew: after, on: base)
                sensitive += reasons
                if reasons.isEmpty {
                    routine.append(
                        "\(operation.key.text) is new, on exact hosts where nothing is served, to "
                            + "ratified backends")
                }
            }
        }
        sensitive += moves.compactMap(Self.objection)
        changeClass = sensitive.isEmpty ? .routine : .sensitive
        reasons = sensitive.isEmpty ? routine : sensitive
    }

    /// What keeps a changed route from being routine.
    private static func objections(from before: HTTPRoute, to after: HTTPRoute) -> [String] {
        var objections: [String] = []
        if Set(before.hostnames) != Set(after.hostnames) {
            objections.append("HTTPRoute/\(after.name) changes its hostnames")
        }
        let named = Set(before.rules.flatMap(\.backendRefs).map(Target.init))
        for reference in after.rules.flatMap(\.backendRefs) where !named.contains(Target(reference))
        {
            let port = reference.port.map { " port \($0)" } ?? ""
            let text =
                "HTTPRoute/\(after.name) did not send to Backend/\(reference.name)\(port) before"
            if !objections.contains(text) { objections.append(text) }
        }
        if FilteredRule.all(of: before) != FilteredRule.all(of: after) {
            objections.append("HTTPRoute/\(after.name) changes filters")
        }
        return objections
    }

    /// A rule's filters, its own and those of its backendRefs.
    private struct FilteredRule: Hashable {
        let label: String
        let filters: [HTTPRoute.Filter]
        let ofReferences: [Target: [HTTPRoute.Filter]]

        /// Those rules of a route that have any: filters that come, go or stand elsewhere are
        /// never routine.
        static func all(of route: HTTPRoute) -> Set<FilteredRule> {
            var all: Set<FilteredRule> = []
            for (index, rule) in route.rules.enumerated() {
                var ofReferences: [Target: [HTTPRoute.Filter]] = [:]
                for reference in rule.backendRefs where !reference.filters.isEmpty {
                    ofReferences[Target(reference), default: []] += reference.filters
                }
                if rule.filters.isEmpty && ofReferences.isEmpty { continue }
                all.insert(
                    FilteredRule(
                        label: route.label(ofRule: index), filters: rule.filters,
                        ofReferences: ofReferences))
            }
            return all
        }
    }

    /// A backend as a reference narrows it, whatever its share.
    private struct Target: Hashable {
        let name: String
        let port: Int?

        init(_ reference: HTTPRoute.BackendRef) {
            name = reference.name
            port = reference.port
        }
    }

    /// What keeps a new route from being routine.
    private static func objections(
        toNew route: HTTPRoute, on base: DocumentSet
    ) throws(PlanFault) -> [String] {
        let label = "HTTPRoute/\(route.name)"
        if route.hostnames.isEmpty { return ["\(label) is new and serves every host"] }
        if let wildcard = route.hostnames.first(where: \.isWildcard) {
            return ["\(label) is new and serves the wildcard \(wildcard.text)"]
        }
        if route.rules.contains(where: \.hasFilters) { return ["\(label) is new and has filters"] }
        if route.rules.contains(where: \.backendRefs.isEmpty) {
            return ["\(label) is new and has a rule without backends"]
        }
        for reference in route.rules.flatMap(\.backendRefs)
        where base.backend(reference.name) == nil {
            return ["\(label) is new and sends to Backend/\(reference.name), not ratified before"]
        }
        var budget = OverlapBudget()
        for match in IndexedMatch.all(of: route, sequence: .max) {
            let around = match.hostsAround
            if let other = try base.matches.overlapping(match, on: around, budget: &budget).first {
                return ["\(label) is new, on requests that \(other.label) fits too"]
            }
        }
        return []
    }

    /// What keeps a move from being routine: the two rules are of different routes.
    private static func objection(_ move: Plan.Move) -> String? {
        let before = move.before.prefix { $0 != "/" }
        let after = move.after.prefix { $0 != "/" }
        guard !before.isEmpty, !after.isEmpty, before != after else { return nil }
        return "requests move from \(move.before) to \(move.after)"
    }
}
