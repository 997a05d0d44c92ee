/// Reads a request head as its octets arrive.
///
/// The same span, longer each time, is given to ``parse(_:into:)``; every octet is judged once,
/// and what is wrong is found at the octet that makes it wrong. A value of about 100 octets:
/// one for each connection, reset for each request.
@usableFromInline package struct RequestHeadParser: Sendable {
    /// Where in the head the machine stands.
    enum Phase: UInt8 {
        case start, leadingLineFeed
        case method, targetStart, scheme, schemeSlash, authority, path, query, asterisk
        case version, earlyLineFeed, lineFeed
        case fields
    }

    /// How large a head may be.
    let limits: HeadLimits
    /// Where in the head the machine stands.
    var phase = Phase.start
    /// The next octet to judge, in the request line.
    var position = 0
    /// Where the part of the request line that is being read began.
    var partStart = 0
    /// Where the request line began: 2 behind a CRLF that was skipped.
    var lineStart = 0
    /// Where the target began.
    var targetStart = 0
    /// The lines behind the request line.
    var lines = FieldLineScanner(at: 0, side: .request)

    /// A parser for the first request of a connection.
    package init(limits: HeadLimits = .request) {
        self.limits = limits
    }

    /// Begins again, for the next request; its head begins at offset 0 of another span.
    package mutating func reset() {
        phase = .start
        position = 0
        lineStart = 0
    }

    /// Whether any octet of a request was seen, so that the time for a whole head runs.
    @usableFromInline package var hasBegun: Bool { position > 0 }

    /// Judges the octets that have arrived since the last call.
    ///
    /// - Parameters:
    ///   - octets: All octets since the first one of the request: those of the last call, and
    ///     perhaps more behind them. What lies behind the head is not looked at.
    ///   - head: The same value for all calls of one request; good only once it is complete.
    /// - Returns: Whether the head is complete.
    /// - Throws: What is wrong and at which octet (every refusal of heads in
    ///   reference/http.md). The connection is of no further use.
    /// - Complexity: O(octets not yet judged) and allocates nothing.
    package mutating func parse(
        _ octets: Span<UInt8>, into head: inout RequestHead
    ) throws(MessageError) -> HeadProgress {
        if phase != .fields {
            try parseRequestLine(octets, into: &head)
            guard phase == .fields else { return .needMore }
        }
        let bound = min(octets.count, limits.headOctetsMax)
        while true {
            switch try lines.next(octets, upTo: bound) {
            case .line(let line):
                guard head.fields.count < limits.fieldLinesMax else {
                    throw fault(
                        .tooManyFields, at: Int(line.name.start), limit: limits.fieldLinesMax)
                }
                if line.known != .other { try consider(line, octets, into: &head) }
                _ = head.fields.append(line)
            case .end:
                try finish(octets, &head)
                return .complete(octetCount: head.octetCount)
            case .needMore:
                guard lines.position < limits.headOctetsMax else {
                    throw fault(
                        .headTooLarge, at: limits.headOctetsMax, limit: limits.headOctetsMax)
                }
                return .needMore
            }
        }
    }

    /// A fault of the request.
    func fault(_ kind: MessageFault, at offset: Int, limit: Int = 0) -> MessageError {
        MessageError(kind, side: .request, at: offset, limit: limit)
    }
}
