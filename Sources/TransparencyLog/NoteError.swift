/// Why a signed note, or a text that a note carries, is refused.
package enum NoteError: Error, Equatable, Sendable {
    /// Longer than the limit, both in octets.
    case tooLong(limit: Int, actual: Int)
    /// More signature lines than the limit.
    case tooManySignatures(limit: Int)
    /// Not UTF-8, or a control octet other than a newline.
    case notText
    /// A text that does not end in a newline.
    case textUnfinished
    /// No empty line between a text and its signatures, or none after it.
    case noSignatures
    /// The signature line, counted from 0, is not `— name base64`.
    case malformedSignatureLine(Int)
    /// The known key's signature does not fit the text.
    case wrongSignature(key: String)
    /// No line is by a known key.
    case noKnownSignature
    /// The key refused to sign.
    case cannotSign(key: String)
}

extension NoteError: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .tooLong(let limit, let actual): "a note of \(actual) octets; at most \(limit)"
        case .tooManySignatures(let limit): "more than \(limit) signature lines"
        case .notText: "a note is UTF-8 without control octets"
        case .textUnfinished: "a note's text ends in a newline"
        case .noSignatures: "no empty line and signatures after the text"
        case .malformedSignatureLine(let line):
            "signature line \(line) is not a dash, a name and base64"
        case .wrongSignature(let key): "the signature by \(key) does not fit the text"
        case .noKnownSignature: "no signature by a known key"
        case .cannotSign(let key): "the key \(key) cannot sign"
        }
    }
}

/// Why a text is not the key of a log or a witness.
package enum NoteKeyError: Error, Equatable, Sendable {
    /// Longer than the limit, both in octets.
    case tooLong(limit: Int, actual: Int)
    /// Not `name+hash+base64`, for a private key after `PRIVATE+KEY+`.
    case notAKey
    /// An empty name, or one with white space or a `+`.
    case malformedName
    /// The hash is not eight lower-case hexadecimal digits.
    case malformedKeyID
    /// The hash is not the key's.
    case wrongKeyID(computed: String, actual: String)
    /// The base64 is not RFC 4648 §4 in its canonical spelling.
    case notBase64
    /// Another type of key than the one of this use: Ed25519 (1) for logs, Ed25519 cosignature (4)
    /// for witnesses.
    case unsupportedType(UInt8, expected: UInt8)
    /// An Ed25519 key has 32 octets after its type.
    case wrongLength(octets: Int)
}

extension NoteKeyError: CustomStringConvertible {
    /// What is wrong, in words; never the key.
    package var description: String {
        switch self {
        case .tooLong(let limit, let actual): "a key of \(actual) octets; at most \(limit)"
        case .notAKey: "a key is name+hash+base64"
        case .malformedName: "a key's name is not empty and has no white space and no +"
        case .malformedKeyID: "a key's hash is eight lower-case hexadecimal digits"
        case .wrongKeyID(let computed, let actual): "the hash is \(actual), the key's \(computed)"
        case .notBase64: "not canonical base64 (RFC 4648 §4)"
        case .unsupportedType(let type, let expected):
            "a key of type \(type); expected type \(expected), "
                + (expected == NoteKeyType.ed25519 ? "a log's Ed25519" : "a witness's Ed25519")
        case .wrongLength(let octets): "an Ed25519 key is 32 octets, not \(octets)"
        }
    }
}
