/// Decimal numbers in paths, queries and cursors: one spelling each.
enum Decimal {
    /// 9,007,199,254,740,991 has sixteen digits; nothing here is longer.
    private static let digitsMax = 16

    /// Reads digits without sign or leading zero; `nil` for anything else.
    static func parse(_ text: some StringProtocol) -> Int? {
        let digits = text.utf8
        guard (1...digitsMax).contains(digits.count),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            digits.count == 1 || digits.first != UInt8(ascii: "0")
        else { return nil }
        return Int(text)
    }
}
