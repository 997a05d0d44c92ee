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
    /// - Parameters:
    ///   - octets: All the octets since offset 0, longer than or as long as at the last call.
    ///   - bound: Where to stop, at most `octets.count`.
    mutating func next(_ octets: Span<UInt8>, upTo bound: Int) throws(MessageError) -> Step {
        while position < bound {
            switch phase {
            case .lineStart: try begin(octets[position])
            case .name: try scanName(octets, upTo: bound)
            case .nameLineFeed:
                try expectLineFeed(octets[position])
                throw MessageError(.missingColon, side: side, at: position &- 2)
            case .beforeValue:
                if OctetClass.isSpace(octets[position]) {
                    position &+= 1
                } else {
                    valueStart = position
                    phase = .value
                }
            case .value: try scanValue(octets, upTo: bound)
            case .lineFeed:
                try expectLineFeed(octets[position])
                phase = .lineStart
                isFirst = false
                return .line(line(octets))
            case .endLineFeed:
                try expectLineFeed(octets[position])
                return .end
            }
        }
        return .needMore
    }

    private mutating func begin(_ octet: UInt8) throws(MessageError) {
        nameStart = position
        hasUnderscore = false
        switch octet {
        case 0x0D:
            phase = .endLineFeed
            position &+= 1
        case 0x20, 0x09: throw fault(isFirst ? .spaceBeforeFirstField : .obsFold)
        case 0x3A: throw fault(.emptyFieldName)
        default: phase = .name
        }
    }

    private mutating func scanName(
        _ octets: Span<UInt8>, upTo bound: Int
    ) throws(MessageError) {
        var index = position
        var underscore = hasUnderscore
        while index < bound, OctetClass.isToken(octets[index]) {
            underscore = underscore || octets[index] == 0x5F
            index &+= 1
        }
        position = index
        hasUnderscore = underscore
        guard index < bound else { return }
        switch octets[index] {
        case 0x3A:
            nameEnd = index
            position = index &+ 1
            phase = .beforeValue
        case 0x0D:
            position = index &+ 1
            phase = .nameLineFeed
        case 0x20, 0x09: throw fault(.spaceBeforeColon)
        case 0x0A: throw fault(.bareLF)
        case 0x00: throw fault(.nul)
        default: throw fault(.badFieldName)
        }
    }

    private mutating func scanValue(
        _ octets: Span<UInt8>, upTo bound: Int
    ) throws(MessageError) {
        var index = position
        while index < bound {
            if index &+ 8 <= bound {
                let controls = Word.controls(Word.load(octets, at: index))
                index &+= controls.trailingZeroBitCount >> 3
                if controls == 0 { continue }
            }
            guard OctetClass.isFieldValue(octets[index]) else { break }
            index &+= 1
        }
        position = index
        guard index < bound else { return }
        switch octets[index] {
        case 0x0D:
            position = index &+ 1
            phase = .lineFeed
        case 0x0A: throw fault(.bareLF)
        case 0x00: throw fault(.nul)
        default: throw fault(.controlOctet)
        }
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
