import Reactor
import Testing

/// Octets that a test sends, shown by their beginning.
struct Octets: CustomTestStringConvertible, ExpressibleByStringLiteral, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    init(stringLiteral text: String) { self.text = text }

    var testDescription: String {
        let shown = text.unicodeScalars.prefix(60).map { $0.escaped(asASCII: true) }.joined()
        return "\(shown) (\(text.utf8.count) octets)"
    }
}

/// Lets other threads go on for a moment.
func yieldAMoment() throws {
    _ = try Wakeup().wait(timeoutMs: 5)
}
