import ArgumentParser

/// A length of time on the command line, as `10s`, `500ms`, `1h` or `1h30m`: the Gateway API's
/// durations.
struct TimeSpan: ExpressibleByArgument, Equatable, Sendable, CustomStringConvertible {
    /// 1 ms…30 days.
    let milliseconds: Int64

    private static let longestMs: Int64 = 30 * 86_400_000
    private static let units: [(String, Int64)] = [
        ("ms", 1), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("d", 86_400_000),
    ]

    init(milliseconds: Int64) { self.milliseconds = milliseconds }

    init?(argument: String) {
        var rest = argument[...]
        var sum: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let number = Int64(digits), number <= Self.longestMs else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let (name, unit) = Self.units.first(where: { rest.hasPrefix($0.0) }) else {
                return nil
            }
            rest = rest.dropFirst(name.count)
            let (part, isTooLong) = number.multipliedReportingOverflow(by: unit)
            guard !isTooLong, part <= Self.longestMs else { return nil }
            sum += part
        }
        guard (1...Self.longestMs).contains(sum) else { return nil }
        milliseconds = sum
    }

    var description: String {
        milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }

    var defaultValueDescription: String { description }

    /// As the language has it.
    var duration: Duration { .milliseconds(milliseconds) }
}
