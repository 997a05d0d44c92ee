import CanonicalJSON
import Routing
import Testing

extension Overlay {
    /// A route is disabled.
    static func disable(_ route: String, at index: Int) -> Overlay {
        Overlay(index: index, key: DocumentKey(kind: .route, name: route), change: .disable)
    }

    /// A document is restored.
    static func restore(_ json: String, at index: Int) throws -> Overlay {
        let proposed = try ProposedDocument(
            validating: JSONValue(parsing: json.utf8, form: .relaxed))
        return Overlay(
            index: index, key: proposed.key,
            change: .restore(
                RatifiedDocument(
                    proposed: proposed, sequence: index,
                    enactment: Enactment(entry: 7, proposal: 2))))
    }

    /// A backend's endpoints are these ports of this machine.
    static func endpoints(_ ports: UInt16..., of backend: String, at index: Int) throws -> Overlay {
        let value = JSONValue.array(
            ports.map { ["address": "127.0.0.1", "port": .integer(Int64($0))] })
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
}

extension [TableRefusal] {
    /// Networks are refused, by entries from an index on.
    static func networks(_ texts: String..., from index: Int) throws -> [TableRefusal] {
        try texts.enumerated().map { place, text in
            TableRefusal(
                index: index + place,
                subject: .network(try #require(NetworkPrefix(text: text))))
        }
    }
}

extension Served {
    /// Asks until the answer is of that status, while loops take another table up.
    func comes(_ status: Int) throws -> Bool {
        for _ in 0..<1_000 {
            if try get().status == status { return true }
            try yieldAMoment()
        }
        return false
    }
}
