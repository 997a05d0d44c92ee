import CanonicalJSON
import Yams

/// What a YAML scalar means here: a string, an integer, `true` or `false`, and nothing by surprise.
///
/// A plain word that other readers take for something else (`null`, a fraction, a date, `0x10`) is
/// refused; `yes` and `off` are strings, as in YAML 1.2.
struct YAMLScalar {
    /// Why a scalar is not taken.
    struct Refusal: Error, Equatable {
        /// What is wrong, in words.
        let reason: String
        /// What would be right, in words.
        let expected: String
    }

    /// The value, or why there is none.
    let value: Result<JSONValue, Refusal>

    init(_ scalar: Node.Scalar) {
        if !scalar.tag.isStandard(.str) {
            value = Self.refuse("the tag \(scalar.tag.rawValue)", "no tag")
        } else if scalar.tag.isAbsent, scalar.style == .plain {
            value = Self.plain(scalar.string)
        } else {
            value = .success(.string(scalar.string))
        }
    }

    private static func refuse(_ reason: String, _ expected: String) -> Result<JSONValue, Refusal> {
        .failure(Refusal(reason: reason, expected: expected))
    }

    private static func plain(_ text: String) -> Result<JSONValue, Refusal> {
        switch text {
        case "true": return .success(true)
        case "false": return .success(false)
        case "True", "TRUE", "False", "FALSE":
            return refuse(
                "\(text) is a boolean to some readers", "true, false, or quotes around it")
        case "", "~", "null", "Null", "NULL":
            return refuse("null is not used", "a value, or the field left out")
        default: break
        }
        if let integer = integer(text) { return .success(.integer(integer)) }
        if looksLikeNumber(text) {
            return refuse(
                "\(text) is no plain integer",
                "an integer within ±(2^53−1), or quotes around it to make it text")
        }
        if looksLikeDate(text) {
            return refuse("\(text) is a date to some readers", "quotes around it")
        }
        return .success(.string(text))
    }

    /// `-?(0|[1-9][0-9]*)` within the profile's range.
    private static func integer(_ text: String) -> Int64? {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let isPlain =
            !digits.isEmpty && digits.allSatisfy(isDigit)
            && (digits.count == 1 || digits.first != UInt8(ascii: "0")) && text != "-0"
        guard isPlain, let integer = Int64(text), JSONValue.integerRange.contains(integer) else {
            return nil
        }
        return integer
    }

    /// What YAML 1.1 or 1.2 reads as a number: fractions, exponents, infinities, other bases,
    /// signs, digits with `_`, leading zeros, too many digits.
    private static func looksLikeNumber(_ text: String) -> Bool {
        let unsigned = text.drop { $0 == "+" || $0 == "-" }
        guard text.count - unsigned.count <= 1 else { return false }
        let word = unsigned.lowercased()
        if [".inf", ".nan"].contains(word) { return true }
        for (prefix, digits) in [("0x", "0123456789abcdef"), ("0o", "01234567"), ("0b", "01")]
        where word.hasPrefix(prefix) && word.count > 2 {
            return word.dropFirst(2).allSatisfy { digits.contains($0) || $0 == "_" }
        }
        var rest = word[...]
        let whole = take(&rest)
        var fraction = 0
        if rest.first == "." {
            rest = rest.dropFirst()
            fraction = take(&rest)
        }
        guard whole + fraction > 0 else { return false }
        if rest.first == "e" {
            rest = rest.dropFirst()
            if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
            guard take(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// Drops digits and `_` from the front; how many digits they were.
    private static func take(_ rest: inout Substring) -> Int {
        let run = rest.prefix { ("0"..."9").contains($0) || $0 == "_" }
        rest = rest.dropFirst(run.count)
        return run.first == "_" ? 0 : run.count { $0 != "_" }
    }

    /// `2001-12-14`, alone or with a time after it.
    private static func looksLikeDate(_ text: String) -> Bool {
        let octets = Array(text.utf8)
        guard octets.count >= 8, octets[..<4].allSatisfy(isDigit), octets[4] == UInt8(ascii: "-")
        else { return false }
        let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, (1...2).contains(parts[1].count),
            parts[1].utf8.allSatisfy(isDigit)
        else { return false }
        let day = parts[2].utf8.prefix(while: isDigit)
        let after = parts[2].utf8.dropFirst(day.count).first
        return (1...2).contains(day.count)
            && (after == nil
                || [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(after))
    }

    private static func isDigit(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
    }
}
