import HTTP1

/// A chunked body: read alike however it arrives, as the grammar has it, and the same body when it
/// is written again.
enum ChunkedBodyTarget {
    /// Limits that short inputs reach.
    private static let narrow = HeadLimits(headOctetsMax: 128, fieldLinesMax: 2)

    /// Trailers that may not go on: they would change what was decided on the head.
    private static let forbidden: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive",
        "proxy-connection", "te", "trailer", "upgrade", "proxy-authenticate",
        "proxy-authorization", "authorization", "cookie", "set-cookie", "expect", "via",
        "forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "max-forwards",
        "http2-settings", "content-type", "location", "date",
    ]

    static func judge(_ octets: Span<UInt8>) throws(Broken) -> Set<MessageFault> {
        let choices = Choices(octets)
        let outcome = try read(octets, choices, .trailers)
        var faults: Set<MessageFault> = []
        for outcome in [outcome, try read(octets, choices, narrow)] {
            if case .refused(let error) = outcome { faults.insert(error.kind) }
        }
        let naive = NaiveChunks.body(Octets.array(octets), trailersMax: 100)
        guard case .complete(let body) = outcome else {
            try require(
                naive == nil || faults.contains(.headTooLarge),
                "the grammar takes what is refused: \(outcome)")
            return faults
        }
        var read = body
        read.passed = []
        try requireEqual(read, naive ?? ReadBody(), "the body, by the grammar")
        try checkWritten(body, choices)
        return faults
    }

    /// Reads a body in every way.
    private static func read(
        _ octets: Span<UInt8>, _ choices: Choices, _ limits: HeadLimits
    ) throws(Broken) -> BodyOutcome {
        var reader = ChunkedReader(limits: limits)
        let outcome = try reader.read(octets, .whole)
        for arrival in Arrival.others(choices, of: octets.count) {
            var other = ChunkedReader(limits: limits)
            try requireEqual(
                other.read(octets, arrival), outcome, "a body that arrives \(arrival)")
        }
        return outcome
    }

    /// Writes the body again, cut in other places, and reads that.
    private static func checkWritten(_ body: ReadBody, _ choices: Choices) throws(Broken) {
        var sink = CollectingSink()
        let cut = choices.place(in: body.data.count)
        for piece in [body.data[..<cut], body.data[cut...]] where !piece.isEmpty {
            let before = sink.octets.count
            ChunkWriter.header(of: piece.count, into: &sink)
            try require(
                sink.octets.count - before <= ChunkWriter.headerOctetsMax,
                "a chunk's line keeps its bound")
            sink.octets += piece
            ChunkWriter.end(into: &sink)
        }
        ChunkWriter.last(into: &sink)
        sink.octets += body.passed
        ChunkWriter.end(into: &sink)
        let written = sink.octets
        var reader = ChunkedReader(limits: .trailers)
        guard case .complete(let again) = try reader.read(written.span, .whole) else {
            throw Broken("refused when it is written again: \(Octets.shown(written))")
        }
        try requireEqual(again.octetCount, written.count, "all that is written is one body")
        try requireEqual(again.data, body.data, "the data behind the gateway")
        let expected = body.trailers.filter {
            !forbidden.contains($0.key) && !$0.name.contains(0x5F)
        }
        try requireEqual(again.trailers, expected, "the trailers behind the gateway")
    }
}
