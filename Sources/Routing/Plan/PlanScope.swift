/// What a plan looks at, as far as other enactments can change it: one that touches none of it
/// leaves the plan as it is.
///
/// A plan reads the documents that its bundle changes, the backends that their routes name, the
/// routes that name a backend it changes, and the matches on hosts that hold those of its routes or
/// are them: from narrower hosts no request comes to a changed match, and none goes there. See
/// ``Plan/init(_:on:)``.
package struct PlanScope: Sendable {
    /// The documents that the bundle changes.
    private let changed: Set<DocumentKey>
    /// The backends that its routes name, before or after.
    private let named: Set<DocumentKey>
    /// The hosts of its routes, before or after, as an index spells them.
    private let hosts: Set<String>
    /// These, and the wildcards that hold them.
    private let hostsAround: Set<String>

    /// What the plan of a bundle of these operations looks at.
    ///
    /// - Parameter current: The document of that key that is in force, before the bundle.
    package init(_ operations: [Operation], current: (DocumentKey) -> ProposedDocument?) {
        var named: Set<DocumentKey> = []
        var hosts: Set<String> = []
        var hostsAround: Set<String> = []
        for operation in operations {
            for route in [current(operation.key)?.route, operation.proposed?.route] {
                guard let route else { continue }
                for reference in route.references {
                    named.insert(DocumentKey(kind: .backend, name: reference.backend))
                }
                for host in route.hostnames.isEmpty ? [nil] : route.hostnames.map(Optional.some) {
                    let around = IndexedMatch.hosts(around: host)
                    hosts.insert(around[0])
                    hostsAround.formUnion(around)
                }
            }
        }
        changed = Set(operations.map(\.key))
        self.named = named
        self.hosts = hosts
        self.hostsAround = hostsAround
    }

    /// Whether enacting another bundle may change the plan: both change a document, one names a
    /// backend that the other changes, or a host of the other holds one of this or is it.
    ///
    /// - Complexity: O(the documents and hosts of the smaller one).
    package func isTouched(by other: PlanScope) -> Bool {
        !changed.isDisjoint(with: other.changed) || !named.isDisjoint(with: other.changed)
            || !changed.isDisjoint(with: other.named)
            || !hostsAround.isDisjoint(with: other.hosts)
    }
}
