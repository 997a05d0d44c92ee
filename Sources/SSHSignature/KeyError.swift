/// Why octets or a text are no Ed25519 key that a member may use.
package enum KeyError: Error, Equatable, Sendable {
    /// A raw key or seed is not 32 octets.
    case wrongLength(octets: Int)
    /// One of the eight points of small order: signatures by it can be made without a secret.
    case smallOrder
    /// The point is not written in its one canonical form (RFC 8032 §5.1.3).
    case notCanonical
    /// A text longer than the limit, both in octets.
    case tooLong(limit: Int, actual: Int)
    /// Not a line `ssh-ed25519 AAAA… [comment]`, or more than one line.
    case notAPublicKeyLine
    /// Another kind of key; only `ssh-ed25519` is used.
    case unsupportedKeyType(String)
    /// The base64 field is not RFC 4648 §4 in its canonical spelling.
    case notBase64
    /// The fields in the key's octets do not fit them.
    case malformed(WireFault)
    /// No text between BEGIN and END OPENSSH PRIVATE KEY lines.
    case notAPrivateKeyFile
    /// The file is encrypted with a passphrase: sign with `ssh-keygen -Y sign` instead.
    case encrypted(cipher: String)
    /// A file that holds other than one key.
    case severalKeys(count: UInt32)
    /// The parts of a private key file contradict each other.
    case inconsistent(Part)

    /// The part of a private key file that contradicts the rest.
    package enum Part: String, Sendable {
        /// The two check integers differ.
        case checkIntegers = "check integers"
        /// A public key that is not the seed's.
        case publicKey = "public key"
        /// The octets after the comment are not 1, 2, 3, …
        case padding
        /// A key derivation without a cipher.
        case keyDerivation = "key derivation"
    }
}

extension KeyError: CustomStringConvertible {
    /// What is wrong, in words, and for an encrypted file what to do instead.
    package var description: String {
        switch self {
        case .wrongLength(let octets): "an Ed25519 key is 32 octets, not \(octets)"
        case .smallOrder: "a point of small order is no key: anybody could sign for it"
        case .notCanonical: "the key's point is not in its canonical form"
        case .tooLong(let limit, let actual): "\(actual) octets; at most \(limit) are read"
        case .notAPublicKeyLine: "not a public key line: ssh-ed25519 AAAA… comment"
        case .unsupportedKeyType(let type): "a key of type \"\(type)\"; only ssh-ed25519 is used"
        case .notBase64: "not canonical base64 (RFC 4648 §4)"
        case .malformed(let fault): fault.description
        case .notAPrivateKeyFile: "not an OpenSSH private key file"
        case .encrypted(let cipher):
            "the key file is encrypted (\(cipher)); sign with ssh-keygen -Y sign"
        case .severalKeys(let count): "the file holds \(count) keys instead of one"
        case .inconsistent(let part): "the private key file contradicts itself: \(part.rawValue)"
        }
    }
}
