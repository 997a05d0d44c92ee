/// Integers as C2SP's formats write them: decimal, without sign and leading zeros.
enum Decimal {
    /// Reads 0…2^63−1; `nil` for anything but its one spelling.
    static func parse(_ text: some Collection<UInt8>) -> Int? {
        guard let first = text.first, first != UInt8(ascii: "0") || text.count == 1 else {
            return nil
        }
        var value = 0
        for octet in text {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) else { return nil }
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, exceeds) = product.addingReportingOverflow(Int(octet - UInt8(ascii: "0")))
            guard !overflows, !exceeds else { return nil }
            value = sum
        }
        return value
    }
}
