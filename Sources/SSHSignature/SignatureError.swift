/// Why a signature is refused.
package enum SignatureError: Error, Equatable, Sendable {
    /// Longer than the limit, both in octets.
    case tooLong(limit: Int, actual: Int)
    /// Not RFC 4648 §4 in its canonical spelling.
    case notBase64
    /// Not base64 between BEGIN and END SSH SIGNATURE lines.
    case notArmored
    /// The octets do not begin with `SSHSIG`.
    case notSSHSIG
    /// A version other than 1.
    case unsupportedVersion(UInt32)
    /// The fields in the blob do not fit it.
    case malformed(WireFault)
    /// The key inside is refused.
    case key(KeyError)
    /// The reserved field is not empty.
    case reservedNotEmpty(octets: Int)
    /// A message hash other than `sha512`.
    case unsupportedHash(String)
    /// A signature algorithm other than `ssh-ed25519`.
    case unsupportedAlgorithm(String)
    /// An Ed25519 signature is 64 octets.
    case wrongLength(octets: Int)
    /// The namespace is empty, or no UTF-8.
    case malformedNamespace
    /// Made for another kind of statement.
    case wrongNamespace(expected: String, actual: String)
    /// Well formed, but not this key's signature of this message.
    case doesNotVerify
    /// The library refused to sign.
    case cannotSign
}

extension SignatureError: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .tooLong(let limit, let actual): "\(actual) octets; a signature has at most \(limit)"
        case .notBase64: "not canonical base64 (RFC 4648 §4)"
        case .notArmored: "no SSH SIGNATURE between BEGIN and END lines"
        case .notSSHSIG: "not an SSHSIG signature"
        case .unsupportedVersion(let version): "SSHSIG version \(version); only 1 is used"
        case .malformed(let fault): fault.description
        case .key(let error): "the key in the signature: \(error)"
        case .reservedNotEmpty(let octets): "the reserved field holds \(octets) octets"
        case .unsupportedHash(let name): "message hash \"\(name)\"; only sha512 is used"
        case .unsupportedAlgorithm(let name): "algorithm \"\(name)\"; only ssh-ed25519 is used"
        case .wrongLength(let octets): "an Ed25519 signature is 64 octets, not \(octets)"
        case .malformedNamespace: "the namespace is empty or not UTF-8"
        case .wrongNamespace(let expected, let actual):
            "signed for namespace \"\(actual)\" instead of \"\(expected)\""
        case .doesNotVerify: "the signature does not fit the key and the message"
        case .cannotSign: "the key cannot sign"
        }
    }
}
