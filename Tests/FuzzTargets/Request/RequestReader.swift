import HTTP1

/// A parser and the head that it fills, used for one request after another as a connection does.
struct RequestReader {
    private var parser: RequestHeadParser
    var head = RequestHead()

    /// A request in which everything is set that one request could leave behind for the next.
    private static let everything = Array(
        """
        \r\nOPTIONS http://a.example:81/x?y HTTP/1.1\r
        Connection: X-A, Upgrade, TE, X-Forwarded-For, close\r
        Upgrade: websocket\r
        TE: trailers\r
        Max-Forwards: 7\r
        Expect: 100-continue\r
        Host: b.example:82\r
        Transfer-Encoding: chunked\r
        X_A: 1\r
        X-A: 1\r
        \r\n
        """.utf8)

    init(limits: HeadLimits) {
        parser = RequestHeadParser(limits: limits)
    }

    /// A reader that has read another request before.
    ///
    /// - Throws: ``Broken``, when that request is refused: it is a good one.
    static func used() throws(Broken) -> RequestReader {
        var reader = RequestReader(limits: .request)
        guard case .complete = try reader.read(everything.span, .whole) else {
            throw Broken("a good request is taken")
        }
        reader.parser.reset()
        return reader
    }

    /// Reads a request as it arrives.
    ///
    /// - Throws: ``Broken``, when the head is complete before or behind its last octet, or refused
    ///   for an octet that has not arrived.
    mutating func read(
        _ octets: Span<UInt8>, _ arrival: Arrival
    ) throws(Broken) -> RequestOutcome {
        for count in arrival.counts(of: octets.count) {
            switch step(octets.extracting(0..<count)) {
            case .success(.needMore): continue
            case .success(.complete(let octetCount)):
                try arrival.requireEnd(at: octetCount, arrived: count)
                return .complete(RequestRecord(&head))
            case .failure(let error):
                try arrival.requirePlace(of: error, arrived: count)
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
