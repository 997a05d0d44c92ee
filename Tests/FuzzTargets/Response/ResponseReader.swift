import HTTP1

/// What a response answers.
struct ResponseAsked {
    let method: Method
    let upgrade: Bool

    init(_ choices: Choices) {
        method = [.get, .head, .post, .other][Int(choices.flags >> 4 & 3)]
        upgrade = choices.has(2)
    }
}

/// A parser and the head that it fills, used for all heads of a response.
struct ResponseReader {
    private var parser: ResponseHeadParser
    var head = ResponseHead()

    /// A response in which everything is set that one could leave behind for the next.
    private static let everything = Array(
        """
        HTTP/1.0 404 No\r
        Connection: keep-alive, X-A, close\r
        X-A: 1\r
        Content-Length: 5\r
        \r\n
        """.utf8)

    init(_ asked: ResponseAsked, limits: HeadLimits) {
        parser = ResponseHeadParser(limits: limits)
        parser.begin(answering: asked.method, upgradeAsked: asked.upgrade)
    }

    /// A reader that has read another response before.
    static func used(_ asked: ResponseAsked) throws(Broken) -> ResponseReader {
        var reader = ResponseReader(asked, limits: .response)
        guard case .complete = try reader.read(everything.span, .whole) else {
            throw Broken("a good response is taken")
        }
        reader.parser.begin(answering: asked.method, upgradeAsked: asked.upgrade)
        return reader
    }

    /// Goes on with the head behind an informational one.
    mutating func beginNext() { parser.beginNext() }

    /// Reads one head as it arrives.
    mutating func read(
        _ octets: Span<UInt8>, _ arrival: Arrival
    ) throws(Broken) -> ResponseOutcome {
        for count in arrival.counts(of: octets.count) {
            switch step(octets.extracting(0..<count)) {
            case .success(.needMore): continue
            case .success(.complete(let octetCount)):
                try arrival.requireEnd(at: octetCount, arrived: count)
                return .complete(ResponseRecord(&head))
            case .failure(let error):
                try arrival.requirePlace(of: error, arrived: count)
                try requireEqual(error.status, 502, "a response is refused with 502")
                return .refused(error)
            }
        }
        return .needMore
    }

    private mutating func step(_ octets: Span<UInt8>) -> Result<HeadProgress, MessageError> {
        do throws(MessageError) {
            return .success(try parser.parse(octets, into: &head))
        } catch {
            return .failure(error)
        }
    }
}
