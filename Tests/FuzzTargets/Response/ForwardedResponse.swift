import HTTP1

/// The response that a client must get, worked out apart from the writer; what was written is
/// parsed strictly again and must be exactly that.
struct ForwardedResponse {
    private let response: StrictResponse
    private let record: ResponseRecord
    private let octets: [UInt8]
    private let asked: ResponseAsked
    private let forwarding: ResponseForwarding

    private static let date = Array("Tue, 24 Nov 2026 00:00:00 GMT".utf8)

    init(
        _ response: StrictResponse, _ record: ResponseRecord, _ octets: Span<UInt8>,
        _ choices: Choices, _ asked: ResponseAsked
    ) {
        self.response = response
        self.record = record
        self.octets = Octets.array(octets)
        self.asked = asked
        var forwarding = ResponseForwarding()
        // A client of HTTP/1.0 gets no informational heads, and its wish to change is ignored.
        let isOld = choices.has(0) && response.status >= 200
        forwarding.clientMinor = isOld ? 0 : 1
        forwarding.keepsClient = choices.has(1)
        self.forwarding = forwarding
    }

    /// Writes the response and compares.
    func check(_ head: inout ResponseHead) throws(Broken) {
        var sink = CollectingSink()
        HeadWriter.response(
            &head, octets.span, forwarding: forwarding, date: Self.date.span, into: &sink)
        HeadWriter.end(into: &sink)
        let written = sink.octets
        var reader = ResponseReader(asked, limits: .response)
        let outcome = try reader.read(written.span, .whole)
        guard case .complete(let received) = outcome else {
            if isBeyondRoom(outcome) { return }
            throw Broken("refused for the client: \(outcome), \(Octets.shown(written))")
        }
        try requireEqual(received.octetCount, written.count, "all that is written is one head")
        let again = try StrictResponse(written.span)
        try again.check(received, written.span, asked)
        try requireEqual(again.status, response.status, "the status for the client")
        try requireEqual(again.reason, response.reason, "the reason for the client")
        try requireEqual(received.versionMinor, 1, "the version for the client")
        try requireEqual(received.framing, clientFraming, "the framing for the client")
        try requireEqual(again.lines.fields, fields, "the fields for the client")
    }

    /// Whether the gateway's own lines took the head over what is read.
    private func isBeyondRoom(_ outcome: ResponseOutcome) -> Bool {
        guard case .refused(let error) = outcome else { return false }
        return error.kind == .tooManyFields && record.lines.count > 90
            || error.kind == .headTooLarge && octets.count > 50_000
    }

    private var isOld: Bool { forwarding.clientMinor == 0 }

    private var clientFraming: BodyFraming {
        switch record.framing {
        case .none, .length: record.framing
        case .chunked, .untilClose: isOld ? .untilClose : .chunked
        }
    }

    private var fields: [FieldText] {
        endToEnd + date + framing + [via] + connection
    }

    private var endToEnd: [FieldText] {
        let stopped = FieldText.endingHere.union(response.lines.connectionOptions)
        return response.lines.fields.filter { field in
            !stopped.contains(field.key) && (field.key != "trailer" || clientFraming == .chunked)
        }
    }

    private var date: [FieldText] {
        let isDated = endToEnd.contains { $0.key == "date" }
        return isDated || response.status < 200 ? [] : [FieldText("Date", Self.date)]
    }

    private var framing: [FieldText] {
        let allowsLength = response.status >= 200 && response.status != 204
        if clientFraming == .chunked { return [FieldText("Transfer-Encoding", "chunked")] }
        guard clientFraming != .untilClose, allowsLength, let length = record.contentLength else {
            return []
        }
        return [FieldText("Content-Length", "\(length)")]
    }

    private var via: FieldText {
        var value: [UInt8] = []
        if !response.lines.connectionOptions.contains("via") {
            for field in response.lines.values(of: "via") where !field.value.isEmpty {
                value += field.value + Array(", ".utf8)
            }
        }
        return FieldText("Via", value + Array("1.\(response.versionMinor) commonway".utf8))
    }

    private var connection: [FieldText] {
        if response.status == 101 {
            let upgrade = response.lines.values(of: "upgrade").first?.value ?? []
            return [FieldText("Upgrade", upgrade), FieldText("Connection", "Upgrade")]
        }
        guard response.status >= 200 else { return [] }
        if !forwarding.keepsClient || clientFraming == .untilClose {
            return [FieldText("Connection", "close")]
        }
        return isOld ? [FieldText("Connection", "keep-alive")] : []
    }
}
