/// The lines between a start line and the empty line: one machine for requests, responses and
/// trailers, so that all are judged alike.
///
/// It stops inside a line wherever the octets end and goes on there; no octet is judged twice.
/// RFC 9112 §5, without any of the leniencies that the RFC allows.
struct FieldLineScanner: Sendable {
    /// What ``next(_:upTo:)`` found.
    enum Step {
        case needMore
        /// A line is complete; ``line`` describes it.
        case line(FieldLine)
        /// The empty line is complete; ``position`` is behind it.
        case end
    }

    /// Where in a line the machine stands.
    private enum Phase: UInt8 {
        case lineStart, name, nameLineFeed, beforeValue, value, lineFeed, endLineFeed
    }

    /// The offset of the next octet to judge.
    private(set) var position: Int
    /// Who sent the lines.
    private let side: MessageSide
    private var phase = Phase.lineStart
    private var isFirst = true
    private var hasUnderscore = false
    private var nameStart = 0
    private var nameEnd = 0
    private var valueStart = 0

    /// A machine that begins with the first line at an offset.
    init(at position: Int, side: MessageSide) {
        self.position = position
        self.side = side
    }

    /// The offset of the line that is being read, or of the one to be read next.
    var lineStart: Int { phase == .lineStart || phase == .endLineFeed ? position : nameStart }

    /// Counts from an offset that lies `count` octets behind the former one.
    mutating func rebase(by count: Int) {
        position &-= count
        nameStart &-= count
        nameEnd &-= count
        valueStart &-= count
    }

    /// Judges octets up to the end of a line or of the section.
    ///
    /// The phases fall through from one to the next, so that a line that is there as a whole is
    /// read straight through.
    ///
    /// - Parameters:
    ///   - octets: All the octets since offset 0, longer than or as long as at the last call.
    ///   - bound: Where to stop, at most `octets.count`.
    mutating func next(_ octets: Span<UInt8>, upTo bound: Int) throws(MessageError) -> Step {
        guard position < bound else { return .needMore }
        switch phase {
        case .lineStart:
            guard try begin(octets[position]) else { return try endSection(octets, bound) }
            fallthrough
        case .name:
            guard try scanName(octets, bound) else { return .needMore }
            fallthrough
        case .beforeValue:
            guard skipSpace(octets, bound) else { return .needMore }
            fallthrough
        case .value:
            guard try scanValue(octets, bound) else { return .needMore }
            fallthrough
        case .lineFeed:
            guard position < bound else { return .needMore }
            try expectLineFeed(octets[position])
            phase = .lineStart
            isFirst = false
            return .line(line(octets))
        case .nameLineFeed:
            try endNameless(octets[position])
            return .needMore
        case .endLineFeed: return try endSection(octets, bound)
        }
    }

    /// Begins a line with its first octet.
    ///
    /// - Returns: `false` for a CR, which begins the empty line.
    @inline(__always)
    private mutating func begin(_ octet: UInt8) throws(MessageError) -> Bool {
        nameStart = position
        hasUnderscore = false
        switch octet {
        case 0x0D:
            phase = .endLineFeed
            position &+= 1
            return false
        case 0x20, 0x09: throw fault(isFirst ? .spaceBeforeFirstField : .obsFold)
        case 0x3A: throw fault(.emptyFieldName)
        default:
            phase = .name
            return true
        }
    }

    /// Reads the LF of the empty line.
    private mutating func endSection(
        _ octets: Span<UInt8>, _ bound: Int
    ) throws(MessageError) -> Step {
        guard position < bound else { return .needMore }
        try expectLineFeed(octets[position])
        return .end
    }

    /// Reads a name and its colon.
    ///
    /// - Returns: `false` when the octets end before the colon.
    @inline(__always)
    private mutating func scanName(
        _ octets: Span<UInt8>, _ bound: Int
    ) throws(MessageError) -> Bool {
        var index = position
        var underscore = hasUnderscore
        while index < bound {
            let octet = octets[index]
            // Nearly all octets of names are letters and hyphens: the map is asked for the rest.
            if (octet | 0x20) &- 0x61 >= 26, octet != 0x2D {
                guard OctetClass.isToken(octet) else { break }
                underscore = underscore || octet == 0x5F
            }
            index &+= 1
        }
        position = index
        hasUnderscore = underscore
        guard index < bound else { return false }
        guard octets[index] == 0x3A else {
            try stopInName(octets, bound)
            return false
        }
        nameEnd = index
        position = index &+ 1
        phase = .beforeValue
        return true
    }

    /// Refuses an octet that ends a name before its colon; a CR is judged by the octet behind it.
    private mutating func stopInName(
        _ octets: Span<UInt8>, _ bound: Int
    ) throws(MessageError) {
        switch octets[position] {
        case 0x0D:
            position &+= 1
            phase = .nameLineFeed
            guard position < bound else { return }
            try endNameless(octets[position])
        case 0x20, 0x09: throw fault(.spaceBeforeColon)
        case 0x0A: throw fault(.bareLF)
        case 0x00: throw fault(.nul)
        default: throw fault(.badFieldName)
        }
    }

    /// Refuses a line that ended within its name, or the CR there that ended none.
    private mutating func endNameless(_ octet: UInt8) throws(MessageError) {
        try expectLineFeed(octet)
        throw MessageError(.missingColon, side: side, at: position &- 2)
    }

    /// Passes over the white space before a value.
    ///
    /// - Returns: `false` when the octets end in it.
    @inline(__always)
    private mutating func skipSpace(_ octets: Span<UInt8>, _ bound: Int) -> Bool {
        var index = position
        while index < bound, OctetClass.isSpace(octets[index]) { index &+= 1 }
        position = index
        guard index < bound else { return false }
        valueStart = index
        phase = .value
        return true
    }

    /// Reads a value and the CR behind it.
    ///
    /// - Returns: `false` when the octets end before the CR.
    @inline(__always)
    private mutating func scanValue(
        _ octets: Span<UInt8>, _ bound: Int
    ) throws(MessageError) -> Bool {
        let index = OctetClass.endOfFieldValue(octets, from: position, upTo: bound)
        position = index
        guard index < bound else { return false }
        guard octets[index] == 0x0D else { throw fault(OctetClass.control(octets[index])) }
        position = index &+ 1
        phase = .lineFeed
        return true
    }

    private mutating func expectLineFeed(_ octet: UInt8) throws(MessageError) {
        guard octet == 0x0A else { throw MessageError(.bareCR, side: side, at: position &- 1) }
        position &+= 1
    }

    /// The line that ends two octets before ``position``.
    private func line(_ octets: Span<UInt8>) -> FieldLine {
        var end = position &- 2
        while end > valueStart, OctetClass.isSpace(octets[end &- 1]) { end &-= 1 }
        var marks: FieldLine.Marks = hasUnderscore ? .underscore : []
        if end &+ 2 == position, valueStart == nameEnd &+ 2, octets[nameEnd &+ 1] == 0x20 {
            marks.insert(.plain)
        }
        return FieldLine(
            name: OctetRange(nameStart, nameEnd), value: OctetRange(valueStart, end),
            known: .named(octets, at: nameStart, count: nameEnd &- nameStart), marks: marks)
    }

    private func fault(_ kind: MessageFault) -> MessageError {
        MessageError(kind, side: side, at: position)
    }
}
