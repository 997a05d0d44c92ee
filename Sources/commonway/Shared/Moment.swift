import Foundation

/// Points and spans of time as people read them; everywhere else they are milliseconds.
enum Moment {
    /// The time now, milliseconds since 1970-01-01T00:00Z.
    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// A time in UTC to the second, such as `2026-03-01 12:00:05Z`.
    static func text(_ milliseconds: Int64) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return date.formatted(.iso8601.dateTimeSeparator(.space))
    }

    /// A time as ssh-keygen takes it, UTC to the second: `20260301120005Z`.
    static func sshText(_ milliseconds: Int64) -> String {
        text(milliseconds).filter { $0.isNumber || $0 == "Z" }
    }

    /// A span in its two largest units: `3 d 4 h`, `2 min 5 s`, `0.4 s`; `0 s` when it is over.
    static func span(_ milliseconds: Int64) -> String {
        guard milliseconds > 0 else { return "0 s" }
        if milliseconds < 1000 { return "0.\(max(1, milliseconds / 100)) s" }
        var rest = milliseconds / 1000
        var parts: [String] = []
        for (unit, seconds) in [("d", Int64(86_400)), ("h", 3600), ("min", 60), ("s", 1)] {
            let count = rest / seconds
            rest %= seconds
            if count > 0 { parts.append("\(count) \(unit)") }
        }
        return parts.prefix(2).joined(separator: " ")
    }
}
