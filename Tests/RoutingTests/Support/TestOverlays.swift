import CanonicalJSON
import Routing

extension Overlay {
    /// A route is disabled.
    static func disable(_ route: String, at index: Int) -> Overlay {
        Overlay(index: index, key: DocumentKey(kind: .route, name: route), change: .disable)
    }

    /// A document is restored, with the seniority of an entry.
    static func restore(_ yaml: String, at index: Int, sequence: Int? = nil) throws -> Overlay {
        let proposed = try ProposedDocument(validating: try values(yaml)[0])
        return Overlay(
            index: index, key: proposed.key,
            change: .restore(
                RatifiedDocument(
                    proposed: proposed, sequence: sequence ?? index,
                    enactment: Enactment(entry: 7, proposal: 2))))
    }

    /// A backend has other endpoints.
    static func endpoints(_ yaml: String, of backend: String, at index: Int) throws -> Overlay {
        let value = try values(yaml)[0]
        return Overlay(
            index: index, key: DocumentKey(kind: .backend, name: backend),
            change: .endpoints(
                try Backend.endpoints(reading: value),
                digest: ContentDigest(of: value.canonicalOctets)))
    }
}

extension TableRefusal {
    /// A route is refused.
    static func route(_ name: String, at index: Int) -> TableRefusal {
        TableRefusal(index: index, subject: .route(name))
    }

    /// A network is refused; the text must be one.
    static func network(_ text: String, at index: Int) throws -> TableRefusal {
        struct NoNetwork: Error {}
        guard let network = NetworkPrefix(text: text) else { throw NoNetwork() }
        return TableRefusal(index: index, subject: .network(network))
    }
}

extension DocumentSet {
    /// The set with other things laid over it.
    func laying(_ overlays: [Overlay], refusing refusals: [TableRefusal] = []) -> DocumentSet {
        var copy = self
        copy.lay(overlays, refusing: refusals)
        return copy
    }
}
