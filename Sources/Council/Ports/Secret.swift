/// A password, a token or an invitation: octets that must not turn up in a log line, an error, a
/// crash report or a debugger's summary by accident.
///
/// Printing, interpolating, dumping and reflecting show a placeholder; the content comes out
/// only through ``reveal()`` and ``revealText()``, which are easy to search for. Not `Codable`
/// and not `Hashable`.
package struct Secret: Sendable {
    private let octets: [UInt8]

    /// A secret of these octets.
    package init(octets: [UInt8]) {
        self.octets = octets
    }

    /// A secret of this text's UTF-8.
    package init(text: String) {
        octets = Array(text.utf8)
    }

    /// How long it is, octets.
    package var count: Int { octets.count }

    /// The content, for hashing it.
    package func reveal() -> [UInt8] { octets }

    /// The content as text, for showing or sending it once; octets that are no UTF-8 are replaced.
    package func revealText() -> String {
        String(decoding: octets, as: UTF8.self)
    }
}

extension Secret: Equatable {
    /// Compares in a time that depends on the lengths alone, which are not secret.
    package static func == (left: Secret, right: Secret) -> Bool {
        equalInConstantTime(left.octets, right.octets)
    }

    /// Compares octets without stopping at the first difference, so that the time taken does not
    /// tell a guesser how far the guess was right.
    package static func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (a, b) in zip(left, right) {
            difference |= a ^ b
        }
        return difference == 0
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A placeholder.
    package var description: String { "(secret)" }

    /// The same placeholder.
    package var debugDescription: String { "(secret)" }

    /// No children: `dump` and debuggers look here.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
