extension Outcome {
    /// Something in force without a vote that a request meets.
    package struct Effect: Hashable, Sendable {
        /// What it does.
        package enum Kind: String, Hashable, Sendable {
            /// The operator refuses the route, or endpoints in the network.
            case refused
            /// Stewards disabled the route.
            case disabled
            /// Stewards restored the document.
            case restored
            /// A keeper gave the backend its endpoints.
            case endpoints
        }

        /// What it does.
        package let kind: Kind
        /// To what: `HTTPRoute/x`, `Backend/b` or `network/192.0.2.0/24`.
        package let name: String
        /// The index of the entry that put it up.
        package let entry: Int
    }
}

extension Outcome.Effect {
    /// What stands over the route of a rule.
    static func ofRoute(of rule: CompiledRule) -> [Outcome.Effect] {
        let name = DocumentKey(kind: .route, name: rule.route).text
        let barrier: Outcome.Effect? = rule.barrier.map { barrier in
            switch barrier {
            case .refused(let entry): Outcome.Effect(kind: .refused, name: name, entry: entry)
            case .disabled(let entry): Outcome.Effect(kind: .disabled, name: name, entry: entry)
            }
        }
        let restored = rule.restoredBy.map {
            Outcome.Effect(kind: .restored, name: name, entry: $0)
        }
        return [barrier, restored].compactMap { $0 }
    }

    /// What stands over the backends that get requests of a rule, and over their endpoints; each
    /// once.
    static func ofBackends(of rule: CompiledRule, in table: RouteTable) -> [Outcome.Effect] {
        var effects: [Outcome.Effect] = []
        for reference in rule.backendRefs where reference.weight > 0 {
            let backend = table.backends[reference.backend]
            let name = DocumentKey(kind: .backend, name: backend.name).text
            switch backend.overlay {
            case .restored(let entry)?:
                effects.append(Outcome.Effect(kind: .restored, name: name, entry: entry))
            case .endpoints(let entry)?:
                effects.append(Outcome.Effect(kind: .endpoints, name: name, entry: entry))
            case nil: break
            }
            for refusal in reference.endpoints.compactMap(backend.refusal) {
                let name = TableRefusal.Subject.network(refusal.network).text
                effects.append(
                    Outcome.Effect(kind: .refused, name: name, entry: refusal.entry))
            }
        }
        var seen: Set<Outcome.Effect> = []
        return effects.filter { seen.insert($0).inserted }
    }
}
