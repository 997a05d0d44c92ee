import HTTP1

/// A chunked body as read.
struct ReadBody: Equatable {
    var data: [UInt8] = []
    var trailers: [FieldText] = []
    /// The trailers as they are passed on.
    var passed: [UInt8] = []
    var octetCount = 0
}

/// What became of the octets of a chunked body.
enum BodyOutcome: Equatable {
    case complete(ReadBody)
    case needMore(ReadBody)
    case refused(MessageError)
}

/// Decodes a body that arrives in pieces, keeping what is not consumed, as a proxy does.
struct ChunkedReader {
    private var decoder: ChunkedDecoder

    init(limits: HeadLimits) {
        decoder = ChunkedDecoder(side: .request, trailerLimits: limits)
    }

    mutating func read(_ octets: Span<UInt8>, _ arrival: Arrival) throws(Broken) -> BodyOutcome {
        var body = ReadBody()
        for count in arrival.counts(of: octets.count) {
            var needsMore = false
            while !needsMore {
                let waiting = octets.extracting(body.octetCount..<count)
                switch step(waiting) {
                case .failure(let error):
                    try arrival.requirePlace(of: error, arrived: count)
                    return .refused(error)
                case .success(let step):
                    try require(
                        step.consumed <= waiting.count && step.data.upperBound <= step.consumed,
                        "a step lies within what has arrived: \(step)")
                    body.octetCount += step.consumed
                    switch step.event {
                    case .data: body.data += Octets.array(waiting, step.data)
                    case .trailer(let line): body.take(line, waiting)
                    case .end:
                        try arrival.requireEnd(at: body.octetCount, arrived: count)
                        try require(decoder.isDone, "a decoder at the end is done")
                        return .complete(body)
                    case .needMore: needsMore = true
                    }
                }
            }
        }
        return .needMore(body)
    }

    private mutating func step(
        _ octets: Span<UInt8>
    ) -> Result<ChunkedDecoder.Step, MessageError> {
        do throws(MessageError) {
            return .success(try decoder.next(octets))
        } catch {
            return .failure(error)
        }
    }
}

extension ReadBody {
    fileprivate mutating func take(_ line: FieldLine, _ octets: Span<UInt8>) {
        trailers.append(FieldText(line, octets))
        var sink = CollectingSink()
        HeadWriter.trailer(line, octets, into: &sink)
        passed += sink.octets
    }
}
