package import CanonicalJSON

/// A statement with its signatures, as it stands in an entry or in a request to log it.
package struct SignedStatement: Sendable {
    /// What was signed.
    package let statement: Statement
    /// The base64 of the SSHSIG blob.
    package let signature: String
    /// For `key`: the new key's signature over the same octets.
    package let cosignature: String?

    /// The longest signature, base64 characters; an Ed25519 SSHSIG has fewer than 400.
    package static let signatureMax = 1024

    /// Reads the members `stmt`, `sig` and `cosig` of an entry or a request.
    ///
    /// - Parameter octets: The canonical octets of `stmt`, where they are at hand.
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    package init(
        _ reader: inout ObjectReader, canonical octets: [UInt8]? = nil
    ) throws(FormatFault) {
        let value = try reader.value("stmt")
        statement = try Statement(value, canonical: octets ?? value.canonicalOctets)
        signature = try reader.string("sig")
        cosignature = try reader.optionalString("cosig")
        guard signature.utf8.count <= Self.signatureMax else {
            throw reader.fault("sig", "longer than \(Self.signatureMax) characters")
        }
        guard (cosignature?.utf8.count ?? 0) <= Self.signatureMax else {
            throw reader.fault("cosig", "longer than \(Self.signatureMax) characters")
        }
        if case .key = statement.act { return }
        guard cosignature == nil else {
            throw reader.fault("cosig", "only a statement of act key is signed twice")
        }
    }

    /// The entry that logs it.
    package func entry(t: Int64) -> JSONValue {
        var object: JSONObject = JSONObject()
        object["v"] = 1
        object["kind"] = "statement"
        object["t"] = .integer(t)
        object["stmt"] = statement.value
        object["sig"] = .string(signature)
        object["cosig"] = cosignature.map { .string($0) }
        return .object(object)
    }
}
