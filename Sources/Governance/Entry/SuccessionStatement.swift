package import CanonicalJSON
package import Routing
package import SSHSignature
import TransparencyLog

/// A member's word on which log carries on this one, signed without any council.
package struct SuccessionStatement: Sendable {
    /// The member.
    package let by: Int
    /// The origin of the log that is carried on.
    package let log: String
    /// The time after which it must not be logged.
    package let until: Int64
    /// How many entries that log has, what its root is, and who carries it on.
    package let terms: Terms
    /// The object that was signed.
    package let value: JSONValue
    /// The base64 of the SSHSIG blob.
    package let signature: String

    /// What all must agree on.
    package struct Terms: Equatable, Sendable {
        /// How many entries the log has so far.
        package let size: Int
        /// Its root.
        package let root: ContentDigest
        /// The origin of the next log.
        package let origin: String
        /// The verifier key of the next log, whose name is ``origin``.
        package let key: String

        /// Octet by octet: Swift takes two spellings of a text with accents for equal.
        package static func == (left: Terms, right: Terms) -> Bool {
            left.size == right.size && left.root == right.root
                && left.origin.utf8.elementsEqual(right.origin.utf8)
                && left.key.utf8.elementsEqual(right.key.utf8)
        }
    }

    /// The most of them in one entry, which they then fit.
    package static let entryMax = 50

    /// Reads the member `statements` of an entry.
    ///
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    static func all(_ reader: inout ObjectReader) throws(FormatFault) -> [SuccessionStatement] {
        var all: [SuccessionStatement] = []
        let elements = try reader.array("statements", count: 1...entryMax)
        for (index, element) in elements.enumerated() {
            var element = try ObjectReader(element, at: "\(reader.pointer)/statements/\(index)")
            all.append(try SuccessionStatement(&element))
            try element.finish()
        }
        return all
    }

    /// Reads `stmt` and `sig`.
    ///
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    package init(_ reader: inout ObjectReader) throws(FormatFault) {
        value = try reader.value("stmt")
        signature = try reader.string("sig")
        guard signature.utf8.count <= SignedStatement.signatureMax else {
            throw reader.fault("sig", "longer than \(SignedStatement.signatureMax) characters")
        }
        var stmt = try reader.object("stmt")
        guard try stmt.string("act") == "succeed" else {
            throw stmt.fault("act", "expected succeed")
        }
        by = try stmt.number("by")
        let header = try StatementHeader(&stmt)
        log = header.log
        until = header.until
        terms = try Terms(&stmt)
        try stmt.finish()
    }

    /// The key under which the signature holds; `nil` for none.
    ///
    /// - Complexity: one Ed25519 verification.
    package var signer: PublicKey? {
        do {
            return try SSHSignatureBlob(base64: signature).verify(
                message: value.canonicalOctets, namespace: "succeed@commonway")
        } catch {
            // Whatever is wrong with it: it is nobody's.
            return nil
        }
    }

    /// The entry that carries such statements, each as `{"sig":…,"stmt":…}`.
    package static func entry(_ statements: [JSONValue], t: Int64) -> JSONValue {
        ["v": 1, "kind": "succeed", "t": .integer(t), "statements": .array(statements)]
    }
}

extension SuccessionStatement.Terms {
    fileprivate init(_ reader: inout ObjectReader) throws(FormatFault) {
        size = Int(try reader.integer("size", in: 0...(1 << 52)))
        root = try reader.digest("root")
        origin = try reader.string("origin")
        key = try reader.string("key")
        let verifier: VerifierKey
        do {
            verifier = try VerifierKey(text: key)
        } catch {
            throw reader.fault("key", "expected a verifier key: \(error)")
        }
        guard verifier.name.utf8.elementsEqual(origin.utf8) else {
            throw reader.fault("key", "expected a verifier key whose name is the origin")
        }
    }
}
