/// A query as a reader of texts asks it; the table does the same over octets without allocating.
struct QueryText {
    private let octets: [UInt8]

    /// A query without its `?`.
    init(_ text: String) { octets = Array(text.utf8) }

    /// The value of the first parameter of that name, decoded; empty when it has no `=`.
    func value(of name: String) -> [UInt8]? {
        for pair in octets.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, Self.decoded(first).elementsEqual(name.utf8) else {
                continue
            }
            return parts.count > 1 ? Self.decoded(parts[1]) : []
        }
        return nil
    }

    /// `%` and two digits are an octet, `+` is a space, a `%` without digits is itself.
    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "+") {
                result.append(UInt8(ascii: " "))
            } else if octet == UInt8(ascii: "%"), let value = hexValue(of: rest.prefix(2)) {
                result.append(value)
                rest = rest.dropFirst(2)
            } else {
                result.append(octet)
            }
        }
        return result
    }

    private static func hexValue(of digits: ArraySlice<UInt8>) -> UInt8? {
        let isHex = { (octet: UInt8) in
            Unicode.Scalar(octet).properties.isASCIIHexDigit
        }
        guard digits.count == 2, digits.allSatisfy(isHex) else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
