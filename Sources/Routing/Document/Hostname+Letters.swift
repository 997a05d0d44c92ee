extension Hostname {
    /// What is pointed out of a name that browsers show in other letters than it is written in:
    /// these may look like letters of a name that people trust.
    ///
    /// Written in ASCII alone, so that the warning cannot deceive as the name does.
    var notice: String? {
        let labels = name.split(separator: ".").filter { $0.hasPrefix(Self.encodedPrefix) }
        guard !labels.isEmpty else { return nil }
        let shown = labels.map { label in
            guard let letters = Punycode.decode(label.dropFirst(Self.encodedPrefix.count)) else {
                return "\(label), which is no name in letters"
            }
            return "\(label) is shown as \(letters.map(Self.written).joined())"
        }
        return "\(text) holds letters that may look like others: " + shown.joined(separator: "; ")
    }

    /// RFC 5890 §2.3.2.1: how a label begins that stands for one in other letters.
    private static let encodedPrefix = "xn--"

    /// `a`, or `[U+0430]`.
    private static func written(_ scalar: Unicode.Scalar) -> String {
        guard !scalar.isASCII else { return String(Character(scalar)) }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "[U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
    }
}
