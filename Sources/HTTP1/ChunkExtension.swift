/// The grammar of a chunk extension behind its first `;` (RFC 9112 §7.1.1).
///
/// Extensions are read only to be passed over, but an octet that cannot stand there is a sign
/// that somebody reads the coding differently.
struct ChunkExtension: Sendable {
    private enum Phase: UInt8 {
        case nameStart, name, afterName, valueStart, token, quoted, quotedPair
        case afterQuoted, afterValue
    }

    private var phase = Phase.nameStart

    /// Whether the line may end here.
    var mayEnd: Bool {
        switch phase {
        case .name, .token, .afterQuoted: true
        // White space stands before a `;` or a `=`, never before the line end.
        case .nameStart, .afterName, .valueStart, .quoted, .quotedPair, .afterValue: false
        }
    }

    /// Takes one octet, which is neither CR nor LF nor NUL.
    ///
    /// - Returns: `false` when it cannot stand here.
    mutating func take(_ octet: UInt8) -> Bool {
        switch phase {
        case .quoted:
            if octet == UInt8(ascii: "\"") {
                phase = .afterQuoted
            } else if octet == UInt8(ascii: "\\") {
                phase = .quotedPair
            }
            return OctetClass.isFieldValue(octet)
        case .quotedPair:
            phase = .quoted
            return OctetClass.isFieldValue(octet)
        case .nameStart: return begin(octet, .name)
        case .valueStart:
            if octet == UInt8(ascii: "\"") {
                phase = .quoted
                return true
            }
            return begin(octet, .token)
        case .name: return OctetClass.isToken(octet) || leave(octet, mayAssign: true)
        case .token: return OctetClass.isToken(octet) || leave(octet, mayAssign: false)
        case .afterName: return leave(octet, mayAssign: true)
        case .afterQuoted, .afterValue: return leave(octet, mayAssign: false)
        }
    }

    /// White space, or the first octet of a token.
    private mutating func begin(_ octet: UInt8, _ next: Phase) -> Bool {
        if OctetClass.isSpace(octet) { return true }
        phase = next
        return OctetClass.isToken(octet)
    }

    /// White space, the next extension, or the `=` of this one.
    private mutating func leave(_ octet: UInt8, mayAssign: Bool) -> Bool {
        if OctetClass.isSpace(octet) {
            phase = mayAssign ? .afterName : .afterValue
            return true
        }
        if octet == UInt8(ascii: ";") {
            phase = .nameStart
            return true
        }
        phase = .valueStart
        return mayAssign && octet == UInt8(ascii: "=")
    }
}
