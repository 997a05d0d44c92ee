package import CanonicalJSON
package import Routing
package import SSHSignature

extension ObjectReader {
    /// A SHA-256 digest member, 64 lower-case hexadecimal digits.
    ///
    /// - Throws: ``FormatFault`` when it is absent or anything else.
    package mutating func digest(_ name: String) throws(FormatFault) -> ContentDigest {
        try expectDigest(name, try string(name))
    }

    /// A SHA-256 digest member that may be absent.
    ///
    /// - Throws: ``FormatFault`` when it is there and anything else.
    package mutating func optionalDigest(_ name: String) throws(FormatFault) -> ContentDigest? {
        guard let text = try optionalString(name) else { return nil }
        return try expectDigest(name, text)
    }

    /// An Ed25519 key member as an OpenSSH public key line without comment.
    ///
    /// - Throws: ``FormatFault`` when it is absent, malformed, of another type, or a key under
    ///   which signatures prove nothing (small order, not canonical).
    package mutating func key(_ name: String) throws(FormatFault) -> PublicKey {
        let text = try string(name)
        let key: PublicKey
        do {
            key = try PublicKey(openSSHLine: text)
        } catch {
            throw fault(name, "expected an OpenSSH Ed25519 public key line: \(error)")
        }
        guard key.openSSHText == text else {
            throw fault(name, "expected the key line without comment: \(key.openSSHText)")
        }
        return key
    }

    /// The number of a member or a proposal, from 1.
    ///
    /// - Throws: ``FormatFault`` when it is absent or anything else.
    mutating func number(_ name: String) throws(FormatFault) -> Int {
        Int(try integer(name, in: 1...Int64(Int32.max)))
    }

    /// The number of a member or a proposal that may be absent.
    ///
    /// - Throws: ``FormatFault`` when it is there and anything else.
    mutating func optionalNumber(_ name: String) throws(FormatFault) -> Int? {
        optional(name) == nil ? nil : try number(name)
    }

    /// The name of a document, a DNS subdomain.
    ///
    /// - Throws: ``FormatFault`` when it is absent or anything else.
    mutating func documentName(_ name: String) throws(FormatFault) -> String {
        let text = try string(name)
        guard DocumentKey.isValidName(text) else {
            throw fault(name, "expected the name of a document, found \(text.debugDescription)")
        }
        return text
    }

    private func expectDigest(_ name: String, _ text: String) throws(FormatFault) -> ContentDigest {
        guard let digest = ContentDigest(hex: text) else {
            throw fault(name, "expected a digest of 64 lower-case hexadecimal digits")
        }
        return digest
    }
}
