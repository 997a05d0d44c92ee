/// The spellings of names, as RFC 1123 and Gateway API have them.
package enum NameSyntax {
    /// The longest name of a document or host, octets.
    static let nameOctetsMax = 253
    /// The longest label of a DNS name, octets (RFC 1035 §2.3.4).
    static let labelOctetsMax = 63

    /// Whether a text is labels of lower-case letters, digits and inner hyphens, joined by dots.
    static func isSubdomain(_ text: some StringProtocol) -> Bool {
        guard (1...nameOctetsMax).contains(text.utf8.count) else { return false }
        return Array(text.utf8)
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy(isLabel)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        guard (1...labelOctetsMax).contains(label.count), let first = label.first,
            let last = label.last
        else { return false }
        return first != UInt8(ascii: "-") && last != UInt8(ascii: "-")
            && label.allSatisfy { isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLowerAlphanumeric(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet) || isDigit(octet)
    }

    /// Whether an octet is `0`…`9`.
    static func isDigit(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
    }

    /// Whether the last label is only digits: what URL parsers take for an IPv4 address.
    static func endsInNumber(_ name: String) -> Bool {
        let last = name.utf8.reversed().prefix { $0 != UInt8(ascii: ".") }
        return !last.isEmpty && last.allSatisfy(isDigit)
    }

    /// ASCII letters in lower case; everything else as it is.
    static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map(lowercased), as: UTF8.self)
    }

    /// An ASCII letter in lower case; any other octet as it is.
    @inlinable
    package static func lowercased(_ octet: UInt8) -> UInt8 {
        octet &- UInt8(ascii: "A") < 26 ? octet | 0x20 : octet
    }

    /// Whether a text is a token (RFC 9110 §5.6.2), as header names are.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isTokenOctet)
    }

    /// Whether a parsed header could have that value: RFC 9110 §5.5, without white space around it.
    package static func isFieldValue(_ value: String) -> Bool {
        let isBlank = { (octet: UInt8?) in octet == 0x20 || octet == 0x09 }
        return !isBlank(value.utf8.first) && !isBlank(value.utf8.last)
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    private static func isTokenOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(octet)
        }
    }
}
