package import CanonicalJSON
package import Routing

/// What the operator refuses to serve, or permits again: the one thing that an operator decides.
package struct OperatorRefusal: Sendable {
    /// Whether it takes a refusal back.
    package let isPermit: Bool
    /// The route or network.
    package let subject: TableRefusal.Subject
    /// Why; empty for a permit.
    package let reason: String
    /// The digest of the table that results, as claimed.
    package let table: ContentDigest

    /// The longest reason, octets.
    package static let reasonMax = 1024
    /// The most routes and networks refused at a time.
    package static let countMax = 1000

    /// Reads `route` or `network`, `table` and, of a refusal, `reason`.
    ///
    /// - Parameter kind: `refuse` or `permit`.
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    init(_ kind: String, _ reader: inout ObjectReader) throws(FormatFault) {
        isPermit = kind == "permit"
        if let network = try reader.optionalString("network") {
            guard let prefix = NetworkPrefix(text: network) else {
                throw reader.fault("network", "expected a network such as 192.0.2.0/24")
            }
            subject = .network(prefix)
        } else {
            subject = .route(try reader.documentName("route"))
        }
        table = try reader.digest("table")
        reason = isPermit ? "" : try reader.string("reason")
        guard isPermit || (1...Self.reasonMax).contains(reason.utf8.count) else {
            throw reader.fault("reason", "expected 1…\(Self.reasonMax) octets")
        }
    }

    /// The entry that refuses something.
    package static func refuse(
        _ subject: TableRefusal.Subject, reason: String, table: ContentDigest, t: Int64
    ) -> JSONValue {
        var object = permit(subject, table: table, t: t).object ?? JSONObject()
        object["kind"] = "refuse"
        object["reason"] = .string(reason)
        return .object(object)
    }

    /// The entry that takes a refusal back.
    package static func permit(
        _ subject: TableRefusal.Subject, table: ContentDigest, t: Int64
    ) -> JSONValue {
        var object: JSONObject = JSONObject()
        object["v"] = 1
        object["kind"] = "permit"
        object["t"] = .integer(t)
        switch subject {
        case .route(let name): object["route"] = .string(name)
        case .network(let network): object["network"] = .string(network.text)
        }
        object["table"] = .string(table.hex)
        return .object(object)
    }
}
