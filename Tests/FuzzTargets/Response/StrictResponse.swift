import HTTP1

/// A response head read line by line, and what RFC 9112 says of it: the parser must have decided
/// the same.
struct StrictResponse {
    let status: Int
    let reason: [UInt8]
    let versionMinor: UInt8
    let lines: StrictLines

    /// Reads a head that was taken.
    init(_ octets: Span<UInt8>) throws(Broken) {
        lines = try StrictLines(octets)
        let parts = lines.start.split(
            separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        try require(parts.count == 3, "a status line has three parts")
        switch String(decoding: parts[0], as: UTF8.self) {
        case "HTTP/1.0": versionMinor = 0
        case "HTTP/1.1": versionMinor = 1
        default: throw Broken("a version is HTTP/1.0 or HTTP/1.1: \(Octets.shown(parts[0]))")
        }
        guard parts[1].count == 3, let number = Octets.decimal(Array(parts[1])),
            (100...599).contains(number)
        else { throw Broken("a status has three digits: \(Octets.shown(parts[1]))") }
        status = Int(number)
        reason = Array(parts[2])
    }

    /// Whether a body could follow at all (RFC 9112 §6.3).
    func hasBody(_ asked: ResponseAsked) -> Bool {
        status >= 200 && status != 204 && status != 304 && asked.method != .head
    }

    /// Checks that the parser read the same, and decided as the RFCs do.
    func check(
        _ record: ResponseRecord, _ octets: Span<UInt8>, _ asked: ResponseAsked
    ) throws(Broken) {
        try requireEqual(record.status, status, "the status")
        try requireEqual(record.versionMinor, versionMinor, "the version")
        try requireEqual(Octets.array(octets, record.reason.indices), reason, "the reason")
        var read: [FieldText] = []
        for line in record.lines { read.append(FieldText(line, octets)) }
        try requireEqual(read, lines.fields, "the field lines")
        let lengths = lines.values(of: "content-length")
        let codings = lines.values(of: "transfer-encoding")
        try require(lengths.count + codings.count <= 1, "no response has two framings")
        try require(
            codings.allSatisfy { Octets.lowered($0.value) == "chunked" && versionMinor == 1 },
            "no coding but chunked was taken")
        let length = lengths.first.map { Octets.decimal($0.value) }
        try require(length != .some(nil), "no length was taken: \(lengths)")
        try requireEqual(record.contentLength, length ?? nil, "the length")
        let framing: BodyFraming =
            !hasBody(asked)
            ? .none
            : !codings.isEmpty ? .chunked : record.contentLength.map { .length($0) } ?? .untilClose
        try requireEqual(record.framing, framing, "where the body ends")
        let options = lines.connectionOptions
        let keeps =
            (versionMinor == 1 || options.contains("keep-alive")) && !options.contains("close")
            && framing != .untilClose
            && (status != 204 || codings.isEmpty && record.contentLength ?? 0 == 0)
        try requireEqual(record.keepAlive, keeps, "keep-alive")
        let isSwitch = asked.upgrade && !lines.values(of: "upgrade").isEmpty
        try require(status != 101 || isSwitch, "101 answers an upgrade that was asked for")
        try requireEqual(
            record.isInformational, status < 200 && status != 101, "whether it is informational")
    }
}
