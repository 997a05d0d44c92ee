/// Names in other letters, as they are written in ASCII (RFC 3492).
enum Punycode {
    private static let base = 36
    private static let least = 1
    private static let most = 26
    private static let skew = 38
    private static let damp = 700
    private static let initialBias = 72
    private static let initialScalar = 0x80
    /// No label has more octets (RFC 1035 §2.3.4); beyond it nothing is decoded.
    private static let octetsMax = 63

    /// Decodes what follows the prefix of a label.
    ///
    /// - Returns: `nil` for what encodes nothing.
    static func decode(_ text: Substring) -> [Unicode.Scalar]? {
        guard text.utf8.count <= octetsMax, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let hyphen = text.lastIndex(of: "-")
        var letters = Array(text[..<(hyphen ?? text.startIndex)].unicodeScalars)
        var rest = text[(hyphen.map(text.index(after:)) ?? text.startIndex)...].utf8
        guard !rest.isEmpty else { return nil }
        var (scalar, place, bias) = (initialScalar, 0, initialBias)
        while !rest.isEmpty {
            guard let step = number(&rest, bias: bias) else { return nil }
            let count = letters.count + 1
            bias = adapted(step, count: count, isFirst: place == 0 && scalar == initialScalar)
            let (sum, overflows) = place.addingReportingOverflow(step)
            guard !overflows else { return nil }
            scalar += sum / count
            place = sum % count
            guard scalar <= 0x10FFFF, let letter = Unicode.Scalar(UInt32(scalar)) else {
                return nil
            }
            letters.insert(letter, at: place)
            place += 1
        }
        return letters
    }

    /// Reads one number of variable length.
    private static func number(_ rest: inout Substring.UTF8View, bias: Int) -> Int? {
        var (value, weight, position) = (0, 1, base)
        while true {
            guard let octet = rest.popFirst(), let digit = digit(octet) else { return nil }
            let (part, partOverflows) = digit.multipliedReportingOverflow(by: weight)
            let (sum, sumOverflows) = value.addingReportingOverflow(part)
            guard !partOverflows, !sumOverflows else { return nil }
            value = sum
            let threshold = min(max(position - bias, least), most)
            if digit < threshold { return value }
            let (next, overflows) = weight.multipliedReportingOverflow(by: base - threshold)
            guard !overflows else { return nil }
            weight = next
            position += base
        }
    }

    private static func digit(_ octet: UInt8) -> Int? {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(octet - UInt8(ascii: "a"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(octet - UInt8(ascii: "0")) + 26
        default: nil
        }
    }

    private static func adapted(_ step: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? step / damp : step / 2
        delta += delta / count
        var bias = 0
        while delta > (base - least) * most / 2 {
            delta /= base - least
            bias += base
        }
        return bias + (base - least + 1) * delta / (delta + skew)
    }
}
