/// Reads the chunked coding as its octets arrive (RFC 9112 §7.1).
///
/// Give it what lies before you; it answers with one step: body data that stands there, a
/// trailer line, that more is needed, or the end. Take away as many octets as it says and call
/// again with what is left. Framing octets may be taken away at once; an unfinished trailer line
/// stays, so the next span must begin where the last one was consumed to.
@usableFromInline package struct ChunkedDecoder: Sendable {
    /// The longest chunk extension, octets from its `;` to before the line end: extensions are
    /// passed over, and an attacker's would be read for nothing.
    @usableFromInline package static let extensionOctetsMax = 256
    /// The most digits of a chunk size, leading zeros included: 16 write any size that fits.
    @usableFromInline package static let sizeDigitsMax = 16

    /// What a step found.
    @usableFromInline package enum Event: Equatable, Sendable {
        /// Nothing more to do without more octets.
        case needMore
        /// Octets of the body stand at ``Step/data``.
        case data
        /// A trailer line, its offsets within the span that was given.
        case trailer(FieldLine)
        /// The body is complete.
        case end
    }

    /// One step: what was found, and how far the octets are used up.
    @usableFromInline package struct Step: Equatable, Sendable {
        /// What was found.
        @usableFromInline package let event: Event
        /// How many octets of the span are done with.
        @usableFromInline package let consumed: Int
        /// Where in the span the body's octets stand; empty unless the event is `data`.
        @usableFromInline package let data: Range<Int>
    }

    /// Where in the coding the machine stands.
    private enum Phase: UInt8 {
        case size, chunkExtension, sizeLineFeed
        case data, dataCarriageReturn, dataLineFeed
        case trailers, done
    }

    private let side: MessageSide
    /// How large the trailer section may be.
    private let trailerLimits: HeadLimits
    private var phase = Phase.size
    /// Digits of the size that were read.
    private var digitCount = 0
    /// The size being read, then what is left of the chunk.
    private var remaining: Int64 = 0
    private var extensionCount = 0
    private var grammar = ChunkExtension()
    private var trailerCount = 0
    /// Octets of the coding that were consumed in all.
    private var offset = 0
    /// Octets of the trailer section that were consumed.
    private var trailerOctets = 0
    private var lines: FieldLineScanner

    /// A decoder at the first octet of a chunked body.
    ///
    /// - Parameters:
    ///   - side: Who sends the body.
    ///   - trailerLimits: How large the trailer section may be.
    package init(side: MessageSide, trailerLimits: HeadLimits = .trailers) {
        self.side = side
        self.trailerLimits = trailerLimits
        lines = FieldLineScanner(at: 0, side: side)
    }

    /// Whether the last chunk and the trailer section are complete.
    @usableFromInline package var isDone: Bool { phase == .done }

    /// Takes one step.
    ///
    /// - Parameter octets: What has arrived and was not consumed yet.
    /// - Throws: What is wrong in the framing; nothing behind it can be trusted.
    /// - Complexity: O(framing octets): data are not looked at. Allocates nothing.
    package mutating func next(_ octets: Span<UInt8>) throws(MessageError) -> Step {
        var index = 0
        while index < octets.count {
            switch phase {
            case .data:
                let count = Int(min(Int64(octets.count &- index), remaining))
                remaining &-= Int64(count)
                if remaining == 0 { phase = .dataCarriageReturn }
                offset &+= index &+ count
                return Step(event: .data, consumed: index &+ count, data: index..<(index &+ count))
            case .trailers:
                return try nextTrailer(octets, from: index)
            case .done:
                return Step(event: .end, consumed: index, data: 0..<0)
            default:
                try takeFraming(octets[index], at: offset &+ index)
                index &+= 1
            }
        }
        offset &+= index
        return Step(event: isDone ? .end : .needMore, consumed: index, data: 0..<0)
    }

    /// Judges one octet of a size line or of the line end behind data.
    private mutating func takeFraming(_ octet: UInt8, at place: Int) throws(MessageError) {
        switch phase {
        case .size:
            guard let digit = OctetClass.hexValue(octet) else {
                guard digitCount > 0 else { throw fault(.badChunkSize, at: place) }
                return try endSize(octet, at: place)
            }
            let (shifted, overflowed) = remaining.multipliedReportingOverflow(by: 16)
            guard !overflowed, digitCount < Self.sizeDigitsMax else {
                throw fault(.chunkSizeOverflow, at: place)
            }
            remaining = shifted | Int64(digit)
            digitCount &+= 1
        case .chunkExtension: try takeExtension(octet, at: place)
        case .sizeLineFeed:
            guard octet == 0x0A else { throw fault(.bareCR, at: place &- 1) }
            phase = remaining == 0 ? .trailers : .data
        case .dataCarriageReturn:
            guard octet == 0x0D else { throw fault(.chunkDataNotEnded, at: place) }
            phase = .dataLineFeed
        case .dataLineFeed:
            guard octet == 0x0A else { throw fault(.chunkDataNotEnded, at: place) }
            phase = .size
            digitCount = 0
        case .data, .trailers, .done: break
        }
    }

    private mutating func endSize(_ octet: UInt8, at place: Int) throws(MessageError) {
        extensionCount = 0
        switch octet {
        case 0x0D: phase = .sizeLineFeed
        case UInt8(ascii: ";"):
            extensionCount = 1
            grammar = ChunkExtension()
            phase = .chunkExtension
        case 0x0A: throw fault(.bareLF, at: place)
        default: throw fault(.badChunkSize, at: place)
        }
    }

    private mutating func takeExtension(_ octet: UInt8, at place: Int) throws(MessageError) {
        switch octet {
        case 0x0D where grammar.mayEnd: phase = .sizeLineFeed
        case 0x0A: throw fault(.bareLF, at: place)
        case 0x00: throw fault(.nul, at: place)
        default:
            guard grammar.take(octet) else { throw fault(.badChunkExtension, at: place) }
            extensionCount &+= 1
            guard extensionCount <= Self.extensionOctetsMax else {
                throw MessageError(
                    .chunkExtensionTooLong, side: side, at: place, limit: Self.extensionOctetsMax)
            }
        }
    }

    /// Reads one trailer line, all of which must lie in the span, or the empty line.
    ///
    /// - Parameter index: Where the section begins, in the call that comes to it; else 0.
    private mutating func nextTrailer(
        _ octets: Span<UInt8>, from index: Int
    ) throws(MessageError) -> Step {
        lines.rebase(by: 0 &- index)
        let limit = index &+ trailerLimits.headOctetsMax &- trailerOctets
        let found: FieldLineScanner.Step
        do throws(MessageError) {
            found = try lines.next(octets, upTo: min(octets.count, limit))
        } catch {
            throw MessageError(error.kind, side: side, at: offset &+ error.offset)
        }
        let event: Event
        var consumed = lines.position
        switch found {
        case .line(let line):
            guard trailerCount < trailerLimits.fieldLinesMax else {
                throw MessageError(
                    .tooManyFields, side: side, at: offset &+ Int(line.name.start),
                    limit: trailerLimits.fieldLinesMax)
            }
            trailerCount &+= 1
            event = .trailer(line)
        case .end:
            phase = .done
            event = .end
        case .needMore:
            guard lines.position < limit else {
                throw MessageError(
                    .headTooLarge, side: side, at: offset &+ limit,
                    limit: trailerLimits.headOctetsMax)
            }
            consumed = lines.lineStart
            event = .needMore
        }
        lines.rebase(by: consumed)
        trailerOctets &+= consumed &- index
        offset &+= consumed
        return Step(event: event, consumed: consumed, data: 0..<0)
    }

    private func fault(_ kind: MessageFault, at offset: Int) -> MessageError {
        MessageError(kind, side: side, at: offset)
    }
}
