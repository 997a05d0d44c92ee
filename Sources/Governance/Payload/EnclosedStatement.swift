package import CanonicalJSON
package import Routing
package import SSHSignature

/// A statement that stands inside an operation, signed with a key that it names itself: a
/// newcomer's `join`, or the `recover` of a member whose keys are all lost.
package struct EnclosedStatement: Sendable {
    /// The origin of the log that it is meant for.
    package let log: String
    /// The time after which it must not be proposed, milliseconds since 1970.
    package let until: Int64
    /// The key that it names, which signs it.
    package let key: PublicKey
    /// Who speaks.
    package let speaker: Speaker
    /// The object that was signed.
    package let value: JSONValue
    /// The base64 of the SSHSIG blob.
    package let signature: String

    /// Who speaks in an enclosed statement.
    package enum Speaker: Equatable, Sendable {
        /// Somebody who asks to be admitted, by the digest of their handle.
        case newcomer(handle: ContentDigest)
        /// A member, by number.
        case member(Int)
    }

    /// Reads the members `stmt` and `sig` of an operation or of one of its elements.
    ///
    /// - Parameters:
    ///   - act: `join` or `recover`.
    ///   - reader: The object that has them; further members are its caller's.
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    init(_ act: String, _ reader: inout ObjectReader) throws(FormatFault) {
        value = try reader.value("stmt")
        signature = try reader.string("sig")
        guard signature.utf8.count <= SignedStatement.signatureMax else {
            throw reader.fault("sig", "longer than \(SignedStatement.signatureMax) characters")
        }
        var stmt = try reader.object("stmt")
        guard try stmt.string("act") == act else {
            throw stmt.fault("act", "expected \(act)")
        }
        let header = try StatementHeader(&stmt)
        log = header.log
        until = header.until
        key = try stmt.key("key")
        speaker =
            act == "join"
            ? .newcomer(handle: try stmt.digest("handle"))
            : .member(try stmt.number("by"))
        try stmt.finish()
    }

    /// What is wrong with the signature; `nil` when it holds under ``key``.
    ///
    /// - Complexity: one Ed25519 verification.
    var signatureFault: String? {
        let act = if case .newcomer = speaker { "join" } else { "recover" }
        do {
            let blob = try SSHSignatureBlob(base64: signature)
            let signer = try blob.verify(
                message: value.canonicalOctets, namespace: "\(act)@commonway")
            return signer == key ? nil : "\(signer.fingerprint) signed it, not the key it names"
        } catch {
            return "\(error)"
        }
    }
}
