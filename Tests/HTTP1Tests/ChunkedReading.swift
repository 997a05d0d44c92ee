import HTTP1

/// A chunked body as read: its data, its trailers, and how many octets it took.
struct ReadBody: Equatable {
    var data: [UInt8] = []
    var trailers: [String] = []
    var octetCount = 0
}

/// What became of the octets of a chunked body.
enum BodyOutcome: Equatable {
    case complete(ReadBody)
    case needMore(ReadBody)
    case refused(String)
}

/// Decodes a chunked body that arrives in pieces of the given sizes, the last one repeated,
/// keeping what is not consumed as a proxy would.
func readBody(
    _ octets: [UInt8], pieces: [Int], limits: HeadLimits = .trailers
) -> BodyOutcome {
    var decoder = ChunkedDecoder(side: .request, trailerLimits: limits)
    var body = ReadBody()
    var arrived = 0
    var piece = 0
    while true {
        let waiting = Array(octets[body.octetCount..<arrived])
        let step: ChunkedDecoder.Step
        do throws(MessageError) {
            step = try decoder.next(waiting.span)
        } catch {
            return .refused("\(error.category):\(error.kind.name) at octet \(error.offset)")
        }
        body.octetCount += step.consumed
        switch step.event {
        case .data: body.data += waiting[step.data]
        case .trailer(let line):
            body.trailers.append("\(String(waiting, line.name)): \(String(waiting, line.value))")
        case .end: return .complete(body)
        case .needMore:
            guard arrived < octets.count else { return .needMore(body) }
            arrived = min(octets.count, arrived + pieces[min(piece, pieces.count - 1)])
            piece += 1
        }
    }
}

/// The outcomes when a body arrives all at once, octet by octet, and split at every point.
func everyReading(ofBody text: String, limits: HeadLimits = .trailers) -> [BodyOutcome] {
    let octets = Array(text.utf8)
    var outcomes = [
        readBody(octets, pieces: [octets.count], limits: limits),
        readBody(octets, pieces: [1], limits: limits),
    ]
    for split in octets.indices.dropFirst() {
        outcomes.append(readBody(octets, pieces: [split, octets.count], limits: limits))
    }
    return outcomes
}
