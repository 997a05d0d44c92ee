/// The path of a rule: which spellings stand, and what the right one of the others would be.
enum RulePath {
    /// The longest path of a rule, octets, as in Gateway API.
    static let octetsMax = 1024

    /// What is wrong with a path.
    struct Fault: Error, Equatable {
        /// What is wrong, in words.
        let reason: String
        /// What would be right, in words.
        let expected: String
    }

    /// Refuses a path that no request in canonical form could have.
    static func check(_ path: String) throws(Fault) {
        guard path.utf8.first == UInt8(ascii: "/") else {
            throw Fault(reason: "the path does not begin with /", expected: "/ first")
        }
        guard path.utf8.count <= octetsMax else {
            throw Fault(
                reason: "a path of \(path.utf8.count) octets", expected: "at most \(octetsMax)")
        }
        try refuseForbidden(path)
        let canonical = spelling(of: path)
        guard canonical == path else {
            throw Fault(reason: "the path is not in canonical form", expected: canonical)
        }
    }

    private static func refuseForbidden(_ path: String) throws(Fault) {
        let lower = NameSyntax.lowercased(path)
        for part in ["//", "/./", "/../", "%2f", "%2e", "%00", "#", "?"] where contains(lower, part)
        {
            throw Fault(reason: "the path holds \(part)", expected: expectation(without: part))
        }
        for ending in ["/.", "/.."] where lower.hasSuffix(ending) {
            throw Fault(
                reason: "the path ends in \(ending)", expected: "a path without dot segments")
        }
    }

    private static func expectation(without part: String) -> String {
        switch part {
        case "?": "a path only; the query is matched by queryParams"
        case "%2e": ". as it is"
        default: "a path without \(part)"
        }
    }

    private static func contains(_ text: String, _ part: String) -> Bool {
        let text = Array(text.utf8)
        let part = Array(part.utf8)
        guard text.count >= part.count else { return false }
        return (0...(text.count - part.count)).contains {
            text[$0..<($0 + part.count)].elementsEqual(part)
        }
    }

    /// The canonical spelling: escaped unreserved characters decoded, the hex of the other escapes
    /// in capitals, and what may not stand in a path escaped (RFC 3986 §6.2.2).
    static func spelling(of path: String) -> String {
        let octets = Array(path.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < octets.count {
            let octet = octets[index]
            if octet == UInt8(ascii: "%"), let escaped = escape(in: octets, at: index) {
                if isUnreserved(escaped) {
                    result.append(escaped)
                } else {
                    append(escaped, to: &result)
                }
                index += 3
                continue
            }
            if isPathOctet(octet) { result.append(octet) } else { append(octet, to: &result) }
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func escape(in octets: [UInt8], at index: Int) -> UInt8? {
        guard index + 2 < octets.count, let high = hexValue(octets[index + 1]),
            let low = hexValue(octets[index + 2])
        else { return nil }
        return high << 4 | low
    }

    private static func append(_ octet: UInt8, to result: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        result.append(UInt8(ascii: "%"))
        result.append(digits[Int(octet >> 4)])
        result.append(digits[Int(octet & 15)])
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Whether an octet needs no escape anywhere in a URL (RFC 3986 §2.3).
    static func isUnreserved(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~".utf8.contains(octet)
        }
    }

    /// RFC 3986 §3.3's characters and `/`, and the three more that routing.md takes.
    private static func isPathOctet(_ octet: UInt8) -> Bool {
        isUnreserved(octet) || "!$&'()*+,;=:@/[]|".utf8.contains(octet)
    }
}
