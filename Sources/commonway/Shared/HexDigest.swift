import CanonicalJSON
import Crypto
import Foundation

/// SHA-256 as this program compares and shows it: 64 lower-case hexadecimal digits.
enum HexDigest {
    /// The digest of octets.
    static func of(_ octets: some DataProtocol) -> String { hex(SHA256.hash(data: octets)) }

    /// The digest of a value's canonical octets.
    static func of(_ value: JSONValue) -> String { of(value.canonicalOctets) }

    /// The hash of a log's leaf: `0x00` before the entry's octets (RFC 6962 §2.1).
    static func ofLeaf(_ entry: JSONValue) -> String { of([0x00] + entry.canonicalOctets) }

    /// Octets as lower-case hexadecimal digits.
    static func hex(_ octets: some Sequence<UInt8>) -> String {
        var text = ""
        for octet in octets {
            if octet < 16 { text += "0" }
            text += String(octet, radix: 16)
        }
        return text
    }

    /// The octets of lower- or upper-case hexadecimal digits; `nil` for anything else.
    static func octets(hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var octets: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(digits[index]), let low = value(digits[index + 1]) else {
                return nil
            }
            octets.append(high << 4 | low)
        }
        return octets
    }

    /// Octets that nobody can guess.
    static func randomOctets(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        Character(Unicode.Scalar(digit)).hexDigitValue.map { UInt8($0) }
    }
}
