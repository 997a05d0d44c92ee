/// A length of time as charters write it: `14d`, `72h`, `10m`, `30s`, largest unit first, combined
/// without spaces.
package struct Period: Equatable, Comparable, Sendable {
    /// Milliseconds, 0…``max``, for a term of office ``termMax``.
    package let milliseconds: Int64

    /// 90 days: a charter cannot put a decision off for longer.
    package static let max = Period(milliseconds: 90 * 86_400_000)

    /// 366 days: nobody is elected for longer.
    static let termMax = Period(milliseconds: 366 * 86_400_000)

    /// A period of so many milliseconds.
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    private static let units: [(letter: Character, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
    ]

    /// Reads a period.
    package init?(_ text: String, atMost most: Period = .max) {
        var total: Int64 = 0
        var rest = Substring(text)
        var unitsLeft = Self.units[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard digits.count <= 7, let count = Int64(digits), let letter = rest.popFirst(),
                let place = unitsLeft.firstIndex(where: { $0.letter == letter })
            else { return nil }
            total += count * unitsLeft[place].milliseconds
            unitsLeft = unitsLeft[(place + 1)...]
        }
        guard total <= most.milliseconds else { return nil }
        milliseconds = total
    }

    /// The shorter period comes first.
    package static func < (left: Period, right: Period) -> Bool {
        left.milliseconds < right.milliseconds
    }
}
