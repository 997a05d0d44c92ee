import CanonicalJSON
import Council
import Governance
import Routing
import SSHSignature

/// A member's word, signed with a key in force, that an account is theirs. It is never logged.
struct AccountProof: Sendable {
    /// The member's number.
    let member: Int
    /// The newcomer's name, which the log has only as a digest.
    let reveal: Reveal?
    private let log: String
    private let until: Int64
    private let statement: JSONValue
    private let signature: String

    /// A handle with the salt of its digest.
    struct Reveal: Sendable {
        let handle: String
        let salt: [UInt8]

        /// What the log has.
        var digest: ContentDigest {
            ContentDigest(of: Array("commonway handle".utf8) + salt + Array(handle.utf8))
        }
    }

    /// How long such a statement may hold, milliseconds: it opens an account, so not for long.
    private static let validityMax: Int64 = 3_600_000

    /// Reads `stmt`, `sig` and, for a newcomer, `handle` and `salt` of a request.
    ///
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    init(_ reader: inout ObjectReader) throws(FormatFault) {
        statement = try reader.value("stmt")
        signature = try reader.string("sig")
        var stmt = try reader.object("stmt")
        guard try stmt.string("act") == "account" else {
            throw stmt.fault("act", "expected account")
        }
        member = Int(try stmt.integer("by", in: 1...Int64(Int32.max)))
        log = try stmt.string("log")
        _ = try stmt.string("nonce")
        until = try stmt.integer("until")
        try stmt.finish()
        guard let handle = try reader.optionalString("handle") else {
            reveal = nil
            return
        }
        reveal = Reveal(handle: handle, salt: try reader.digest("salt").octets)
    }

    /// Whether it is this member's, for this log, and still holds.
    ///
    /// - Complexity: one Ed25519 verification.
    func holds(for member: Member, origin: String, now: Int64) -> Bool {
        guard log.utf8.elementsEqual(origin.utf8), member.left == nil,
            (now...now + Self.validityMax).contains(until),
            signature.utf8.count <= SignedStatement.signatureMax
        else { return false }
        do {
            let blob = try SSHSignatureBlob(base64: signature)
            let signer = try blob.verify(
                message: statement.canonicalOctets, namespace: "account@commonway")
            return member.keys.contains { $0.key == signer }
        } catch {
            return false
        }
    }
}
