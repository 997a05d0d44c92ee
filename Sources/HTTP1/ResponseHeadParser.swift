/// Reads the heads of one response as their octets arrive: informational ones first, then the
/// final one.
///
/// As strict as ``RequestHeadParser``, and as incremental. What it refuses the client sees as
/// 502, and the endpoint's connection is closed.
@usableFromInline package struct ResponseHeadParser: Sendable {
    /// The most informational heads before a final one: an endpoint may not go on for ever.
    @usableFromInline package static let informationalMax = 8

    /// Where in the head the machine stands.
    enum Phase: UInt8 {
        case start, version, status, reason, lineFeed, fields
    }

    /// How large a head may be.
    let limits: HeadLimits
    /// The method of the request that is answered.
    private var method = Method.get
    /// Whether the request asked for another protocol.
    private var upgradeAsked = false
    private var informationalCount = 0
    private var phase = Phase.start
    private var position = 0
    private var lines = FieldLineScanner(at: 0, side: .response)

    /// A parser to be told with ``begin(answering:upgradeAsked:)`` what is answered.
    package init(limits: HeadLimits = .response) {
        self.limits = limits
    }

    /// Begins with the response to a request.
    ///
    /// - Parameters:
    ///   - method: The request's method: a response to HEAD has no body.
    ///   - upgradeAsked: Whether `Upgrade` was forwarded, so that 101 may answer it.
    package mutating func begin(answering method: Method, upgradeAsked: Bool) {
        self.method = method
        self.upgradeAsked = upgradeAsked
        informationalCount = 0
        phase = .start
        position = 0
    }

    /// Begins with the next head of the same response, behind an informational one; that head
    /// begins at offset 0 of another span.
    package mutating func beginNext() {
        phase = .start
        position = 0
    }

    /// Judges the octets that have arrived since the last call, as
    /// ``RequestHeadParser/parse(_:into:)`` does.
    ///
    /// - Throws: What is wrong and at which octet; its status is 502.
    package mutating func parse(
        _ octets: Span<UInt8>, into head: inout ResponseHead
    ) throws(MessageError) -> HeadProgress {
        let bound = min(octets.count, limits.headOctetsMax)
        if phase != .fields { try parseStatusLine(octets, bound, &head) }
        while phase == .fields {
            switch try lines.next(octets, upTo: bound) {
            case .line(let line):
                guard head.fields.count < limits.fieldLinesMax else {
                    throw fault(
                        .tooManyFields, at: Int(line.name.start), limit: limits.fieldLinesMax)
                }
                if line.known != .other { try consider(line, octets, &head) }
                _ = head.fields.append(line)
            case .end:
                try finish(octets, &head)
                return .complete(octetCount: head.octetCount)
            case .needMore:
                position = lines.position
                try requireRoom()
                return .needMore
            }
        }
        try requireRoom()
        return .needMore
    }

    private func requireRoom() throws(MessageError) {
        guard position < limits.headOctetsMax else {
            throw fault(.headTooLarge, at: limits.headOctetsMax, limit: limits.headOctetsMax)
        }
    }

    /// Judges the status line (RFC 9112 §4): `HTTP/1.x SP 3DIGIT SP [reason]`.
    private mutating func parseStatusLine(
        _ octets: Span<UInt8>, _ bound: Int, _ head: inout ResponseHead
    ) throws(MessageError) {
        while phase != .fields, position < bound {
            switch phase {
            case .start:
                head.reset()
                phase = .version
                takeUsualLine(octets, bound, &head)
            case .version: try takeVersion(octets[position], &head)
            case .status: try takeStatus(octets[position], &head)
            case .reason:
                position = OctetClass.endOfFieldValue(octets, from: position, upTo: bound)
                guard position < bound else { return }
                guard octets[position] == 0x0D else {
                    throw fault(OctetClass.control(octets[position]), at: position)
                }
                head.reason = OctetRange(13, position)
                position &+= 1
                phase = .lineFeed
            case .lineFeed:
                guard octets[position] == 0x0A else { throw fault(.bareCR, at: position &- 1) }
                lines = FieldLineScanner(at: position &+ 1, side: .response)
                phase = .fields
            case .fields: return
            }
        }
    }

    private mutating func takeVersion(
        _ octet: UInt8, _ head: inout ResponseHead
    ) throws(MessageError) {
        let isGood =
            switch position {
            case 0: octet == 0x48
            case 1, 2: octet == 0x54
            case 3: octet == 0x50
            case 4: octet == 0x2F
            case 5: octet == 0x31
            case 6: octet == 0x2E
            case 7: octet &- 0x30 < 2
            default: octet == 0x20
            }
        guard isGood else { throw fault(.badStatusLine, at: position) }
        if position == 7 { head.versionMinor = octet &- 0x30 }
        if position == 8 { phase = .status }
        position &+= 1
    }

    private mutating func takeStatus(
        _ octet: UInt8, _ head: inout ResponseHead
    ) throws(MessageError) {
        guard position < 12 else {
            guard octet == 0x20 else { throw fault(.badStatusLine, at: position) }
            position &+= 1
            phase = .reason
            return
        }
        let isGood = position == 9 ? octet &- 0x31 < 5 : OctetClass.isDigit(octet)
        guard isGood else { throw fault(.badStatus, at: position) }
        head.status = head.status &* 10 &+ Int(octet &- 0x30)
        position &+= 1
    }

    /// Takes `HTTP/1.x SP 3DIGIT SP` in one piece when it is there and good; whatever is not is
    /// left to be judged octet by octet.
    private mutating func takeUsualLine(
        _ octets: Span<UInt8>, _ bound: Int, _ head: inout ResponseHead
    ) {
        guard bound >= 13,
            Word.load(octets, at: 0) & 0xFEFF_FFFF_FFFF_FFFF == 0x302E_312F_5054_5448,
            octets[8] == 0x20, octets[12] == 0x20, octets[9] &- 0x31 < 5,
            OctetClass.isDigit(octets[10]), OctetClass.isDigit(octets[11])
        else { return }
        head.versionMinor = octets[7] &- 0x30
        head.status =
            Int(octets[9] &- 0x30) &* 100 &+ Int(octets[10] &- 0x30) &* 10
            &+ Int(octets[11] &- 0x30)
        position = 13
        phase = .reason
    }

    /// A fault of the response.
    private func fault(_ kind: MessageFault, at offset: Int, limit: Int = 0) -> MessageError {
        MessageError(kind, side: .response, at: offset, limit: limit)
    }
}

extension ResponseHeadParser {
    /// Takes a line by whose value the gateway itself decides.
    private func consider(
        _ line: FieldLine, _ octets: Span<UInt8>, _ head: inout ResponseHead
    ) throws(MessageError) {
        let name = Int(line.name.start)
        switch line.known {
        case .contentLength:
            guard !head.fields.contains(.contentLength) else {
                throw fault(.repeatedContentLength, at: name)
            }
            guard !head.fields.contains(.transferEncoding) else {
                throw fault(.transferEncodingWithContentLength, at: name)
            }
            head.contentLength = try FramingFields.length(line.value, octets, side: .response)
        case .transferEncoding:
            guard head.versionMinor == 1 else { throw fault(.transferEncodingInHTTP10, at: name) }
            guard !head.fields.contains(.transferEncoding) else {
                throw fault(.repeatedTransferEncoding, at: name)
            }
            guard !head.fields.contains(.contentLength) else {
                throw fault(.transferEncodingWithContentLength, at: name)
            }
            try FramingFields.requireChunked(line.value, octets, side: .response)
        case .connection:
            try head.connectionNames.take(
                line.value, octets, side: .response, options: &head.connection)
        default: break
        }
    }

    /// Judges the head as a whole, once its empty line is there.
    private mutating func finish(
        _ octets: Span<UInt8>, _ head: inout ResponseHead
    ) throws(MessageError) {
        head.octetCount = lines.position
        head.keepAlive =
            !head.connection.contains(.close)
            && (head.versionMinor == 1 || head.connection.contains(.keepAlive))
        if head.status == 101, !upgradeAsked || !head.fields.contains(.upgrade) {
            throw fault(.unaskedUpgrade, at: 9)
        }
        if head.isInformational {
            informationalCount += 1
            guard informationalCount <= Self.informationalMax else {
                throw fault(.tooManyInformational, at: 9, limit: Self.informationalMax)
            }
        }
        if head.status < 200 || head.status == 204 || head.status == 304 || method == .head {
            head.framing = .none
        } else if head.fields.contains(.transferEncoding) {
            head.framing = .chunked
        } else if let length = head.contentLength {
            head.framing = .length(length)
        } else {
            head.framing = .untilClose
            head.keepAlive = false
        }
        // No 204 has a body (RFC 9110 §8.6): where one is announced it may follow at any time, and
        // would be taken for the beginning of the next response.
        if head.status == 204,
            head.fields.contains(.transferEncoding) || head.contentLength ?? 0 > 0
        {
            head.keepAlive = false
        }
        if !head.connectionNames.isEmpty { head.connectionNames.mark(&head.fields, octets) }
    }
}
