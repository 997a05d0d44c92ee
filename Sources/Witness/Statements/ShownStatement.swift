import CanonicalJSON
import SSHSignature
import TransparencyLog

/// A statement as it is handed to a witness: as much of it as a witness can judge.
///
/// It knows neither the members nor, perhaps, this act, which a later release may bring. So it
/// checks what all statements have in common, and that the signature inside holds for the key
/// inside.
struct ShownStatement: Sendable {
    /// SHA-256 of the canonical octets that were signed.
    let hash: Digest
    /// The log that it is meant for.
    let origin: String
    /// The time after which it must not be logged, milliseconds since 1970.
    let until: Int64
    /// The key that signed, as it says.
    let signer: PublicKey

    /// The longest statement, canonical octets (docs/formats.md §2).
    private static let statementOctetsMax = 48 * 1024
    /// The longest request: a statement, two signatures, and texts that come with it.
    static let bodyOctetsMax = 256 * 1024
    private static let namespaceEnd = "@commonway"

    /// Reads the body that a council takes.
    ///
    /// Texts that belong to a statement may come with it, since the same body goes to the council;
    /// a witness keeps nothing of them, nor of the statement.
    ///
    /// - Throws: ``StatementRefusal/malformed(_:)``, ``StatementRefusal/badSignature(_:)``.
    init(body octets: [UInt8]) throws(StatementRefusal) {
        let statement: JSONValue
        let signature: String
        do {
            let value = try JSONValue(
                parsing: octets, form: .relaxed,
                limits: JSONLimits(octetsMax: Self.bodyOctetsMax, depthMax: 32))
            var reader = try ObjectReader(value)
            statement = try reader.value("stmt")
            signature = try reader.string("sig")
            _ = try reader.optionalString("cosig")
            _ = reader.optional("texts")
            try reader.finish()
            // Members of the act's own are not this witness's to know, so nothing is finished here.
            var members = try ObjectReader(statement, at: "/stmt")
            _ = try members.string("act")
            _ = try members.integer("by", in: 1...JSONValue.integerRange.upperBound)
            _ = try members.string("nonce")
            origin = try members.string("log")
            until = try members.integer("until")
        } catch {
            throw .malformed("\(error)")
        }
        let signed = statement.canonicalOctets
        guard signed.count <= Self.statementOctetsMax else {
            throw .malformed(
                "/stmt: \(signed.count) octets; at most \(Self.statementOctetsMax)")
        }
        do throws(SignatureError) {
            let blob = try SSHSignatureBlob(base64: signature)
            guard blob.namespace.hasSuffix(Self.namespaceEnd) else {
                throw .wrongNamespace(
                    expected: "…\(Self.namespaceEnd)", actual: blob.namespace)
            }
            signer = try blob.verify(message: signed, namespace: blob.namespace)
        } catch {
            throw .badSignature("\(error)")
        }
        hash = Digest(hashing: signed)
    }
}
