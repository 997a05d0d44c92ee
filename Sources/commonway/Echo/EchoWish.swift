import Foundation

/// How an answer is to be: what the options say, or the request's query.
struct EchoWish: Equatable, Sendable {
    /// The status, 200…599.
    var status = 200
    /// How long to wait before answering, milliseconds.
    var delay: Int64 = 0
    /// The octets of the body; `nil` for JSON.
    var size: Int64?
    /// Whether the request's body comes back as it arrives.
    var isMirror = false

    /// The statuses that an answer can have; 1xx is not a final one.
    static let statuses = 200...599
    /// The longest wait, milliseconds: an hour, beyond any timeout worth trying.
    static let delayMax: Int64 = 3_600_000
    /// The largest body, octets: 1 TiB, which no trial downloads to its end.
    static let sizeMax: Int64 = 1 << 40

    /// The wish after what a request target's query asks for; other names in it mean nothing here.
    ///
    /// - Throws: ``EchoFault`` for a value out of range.
    func applying(target: String) throws(EchoFault) -> EchoWish {
        var wish = self
        guard let mark = target.firstIndex(of: "?") else { return wish }
        for pair in target[target.index(after: mark)...].split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, ["status", "delay", "size", "mirror"].contains(name)
            else {
                continue
            }
            try wish.set(String(name), to: parts.count > 1 ? String(parts[1]) : "")
        }
        return wish
    }

    /// Sets one member from text.
    mutating func set(_ name: String, to text: String) throws(EchoFault) {
        switch name {
        case "status":
            guard let status = Int(text), Self.statuses.contains(status) else {
                throw EchoFault(name: name, text: text, expected: "200…599")
            }
            self.status = status
        case "delay":
            guard let delay = Self.milliseconds(text), delay <= Self.delayMax else {
                throw EchoFault(
                    name: name, text: text, expected: "at most 60m, such as 200ms or 2s")
            }
            self.delay = delay
        case "size":
            guard let size = Int64(text), (0...Self.sizeMax).contains(size) else {
                throw EchoFault(name: name, text: text, expected: "0…\(Self.sizeMax) octets")
            }
            self.size = size
        default:
            isMirror = text != "0"
        }
    }

    /// Reads `200ms`, `2s` or `1m`.
    static func milliseconds(_ text: String) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 9, let count = Int64(digits) else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": return count
        case "s": return count * 1000
        case "m": return count * 60_000
        default: return nil
        }
    }
}

/// A wish that cannot be granted.
struct EchoFault: Error, Equatable, CustomStringConvertible {
    /// The option or the query's name.
    let name: String
    /// What was given.
    let text: String
    /// What would have been right.
    let expected: String

    /// All of it on one line.
    var description: String { "\(name) cannot be \"\(text)\"; expected \(expected)" }
}
