/// A look at YAML text before the parser gets it, for the two things that can make the parser hang.
///
/// The parser expands aliases while it reads and hashes every key whole, so an alias bomb inside a
/// key, or large keys within keys, cost far more than the text is long. What is looked for can only
/// begin a token after white space, an indicator or a quote; a hit inside a quoted text or comment
/// is counted too, which errs on the safe side.
struct YAMLScan {
    /// The most `?` that begin a key of several lines: honest documents have none.
    static let explicitKeysMax = 32

    /// The offset of the first `*name`, when there is a `&name` too.
    let alias: Int?
    /// The offset of the `?` beyond ``explicitKeysMax``.
    let explicitKey: Int?

    init(_ octets: [UInt8]) {
        var anchor: Int?
        var alias: Int?
        var explicitKeys = 0
        var explicitKey: Int?
        for (offset, octet) in octets.enumerated() {
            guard [UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "?")].contains(octet),
                offset == 0 || Self.endsToken(octets[offset - 1])
            else { continue }
            let next = offset + 1 < octets.count ? octets[offset + 1] : UInt8(ascii: "\n")
            switch octet {
            case UInt8(ascii: "&"): if Self.isNameOctet(next), anchor == nil { anchor = offset }
            case UInt8(ascii: "*"): if Self.isNameOctet(next), alias == nil { alias = offset }
            default:
                guard !Self.isNameOctet(next) else { continue }
                explicitKeys += 1
                if explicitKeys == Self.explicitKeysMax + 1 { explicitKey = offset }
            }
        }
        self.alias = anchor == nil ? nil : alias
        self.explicitKey = explicitKey
    }

    /// Whether a token can begin after this octet: not inside a plain word.
    private static func endsToken(_ octet: UInt8) -> Bool {
        octet <= 0x20 || octet >= 0x80 || "[]{},:?\"'".utf8.contains(octet)
    }

    private static func isNameOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
