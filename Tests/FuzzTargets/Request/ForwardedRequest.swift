import HTTP1

/// The request that must stand behind the gateway, worked out from reference rules apart from the
/// writer; what was written is parsed strictly again and must be exactly that.
struct ForwardedRequest {
    private let request: StrictRequest
    private let record: RequestRecord
    private let octets: [UInt8]
    private let path: [UInt8]
    private let forwarding: RequestForwarding
    /// What goes on as Host in place of the client's; empty for none.
    private let host: [UInt8]
    private let client: [UInt8]

    /// A trace that is made, and how it is written.
    private static let seed: [24 of UInt8] = [
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
    ]
    private static let seededTrace = "00-0102030405060708090a0b0c0d0e0f10-1112131415161718-00"

    /// - Parameters:
    ///   - path: The canonical path; empty for an asterisk form.
    ///   - choices: Decide how it is forwarded.
    init(
        _ request: StrictRequest, _ record: RequestRecord, _ octets: Span<UInt8>, path: [UInt8],
        choices: Choices
    ) {
        self.request = request
        self.record = record
        self.octets = Octets.array(octets)
        self.path = path
        var forwarding = RequestForwarding()
        forwarding.peerIsTrusted = choices.has(0)
        forwarding.isSecure = choices.has(1)
        forwarding.keepsUnderscoreNames = choices.has(2)
        forwarding.writesForwarded = !choices.has(4)
        forwarding.forwardsUpgrade = !choices.has(5)
        forwarding.traceSeed = choices.has(3) ? Self.seed : nil
        self.forwarding = forwarding
        // A request without any host gets the endpoint's own.
        let isGiven = choices.has(6) || record.authorityOrHost.isEmpty
        host = Array((isGiven ? "10.0.0.7:8080" : "").utf8)
        let clients = ["192.0.2.7", "2001:db8::7", "", "::ffff:192.0.2.7"]
        client = Array(clients[Int(choices.part) % clients.count].utf8)
    }

    /// Writes the request and compares.
    func check(_ head: inout RequestHead) throws(Broken) {
        var sink = CollectingSink()
        HeadWriter.request(
            &head, octets.span, path: path.span, host: host.span, client: client.span,
            forwarding: forwarding, into: &sink)
        HeadWriter.end(into: &sink)
        let written = sink.octets
        // Room for what the gateway adds, which the head's own limits do not count.
        var reader = RequestReader(
            limits: HeadLimits(
                requestLineOctetsMax: .max, headOctetsMax: HeadLimits.headOctetsCeiling))
        let outcome = try reader.read(written.span, .whole)
        guard case .complete(let received) = outcome else {
            if isBeyondRoom(outcome) { return }
            throw Broken("refused behind the gateway: \(outcome), \(Octets.shown(written))")
        }
        try requireEqual(received.octetCount, written.count, "all that is written is one head")
        let again = try StrictRequest(written.span)
        try again.check(received, written.span)
        try requireEqual(again.method, request.method, "the method behind the gateway")
        try requireEqual(again.target, target, "the target behind the gateway")
        try requireEqual(received.versionMinor, 1, "the version behind the gateway")
        try requireEqual(received.framing, record.framing, "the framing behind the gateway")
        try requireEqual(again.lines.fields, fields, "the fields behind the gateway")
    }

    /// Whether the gateway's own lines took the head over what an endpoint of our kind takes.
    private func isBeyondRoom(_ outcome: RequestOutcome) -> Bool {
        guard case .refused(let error) = outcome else { return false }
        return error.kind == .tooManyFields && record.lines.count > 80
            || error.kind == .headTooLarge && octets.count > 20_000
    }

    private var target: [UInt8] {
        guard record.form != .asterisk else { return [UInt8(ascii: "*")] }
        guard record.hasQuery else { return path }
        return path + [UInt8(ascii: "?")] + octets[record.query.indices]
    }

    private var fields: [FieldText] {
        let ownHost = host.isEmpty ? Array(octets[record.authorityOrHost.indices]) : host
        return [FieldText("Host", ownHost)] + endToEnd + framing + connection + [via] + forwarded
            + maxForwards + madeTrace
    }

    /// The client's fields that are meant for the endpoint.
    private var endToEnd: [FieldText] {
        let stopped = FieldText.endingHere.union(request.lines.connectionOptions)
        return request.lines.fields.filter { field in
            if stopped.contains(field.key) { return false }
            switch field.key {
            case "trailer": return record.framing == .chunked
            case "max-forwards": return !countsForwards
            case "expect": return request.versionMinor == 1
            case "traceparent", "tracestate": return hasTrace
            default: return forwarding.keepsUnderscoreNames || !field.name.contains(0x5F)
            }
        }
    }

    private var framing: [FieldText] {
        switch record.framing {
        case .none, .untilClose: []
        case .length(let length): [FieldText("Content-Length", "\(length)")]
        case .chunked: [FieldText("Transfer-Encoding", "chunked")]
        }
    }

    private var connection: [FieldText] {
        var fields: [FieldText] = []
        var options: [String] = []
        if forwarding.forwardsUpgrade, !record.upgrade.isEmpty {
            fields.append(FieldText("Upgrade", Array(octets[record.upgrade.indices])))
            options.append("Upgrade")
        }
        if record.takesTrailers {
            fields.append(FieldText("TE", "trailers"))
            options.append("TE")
        }
        if !options.isEmpty {
            fields.append(FieldText("Connection", options.joined(separator: ", ")))
        }
        return fields
    }

    private var via: FieldText {
        appended("Via", to: true, Array("1.\(request.versionMinor) commonway".utf8))
    }

    private var forwarded: [FieldText] {
        let trusted = forwarding.peerIsTrusted
        let scheme = forwarding.isSecure ? "https" : "http"
        let named = Array(octets[record.authorityOrHost.indices])
        var fields: [FieldText] = []
        if !client.isEmpty { fields.append(appended("X-Forwarded-For", to: trusted, client)) }
        fields.append(appended("X-Forwarded-Proto", to: trusted, Array(scheme.utf8)))
        if !named.isEmpty { fields.append(appended("X-Forwarded-Host", to: trusted, named)) }
        guard forwarding.writesForwarded else { return fields }
        let isIPv6 = client.contains(UInt8(ascii: ":"))
        let text = client.isEmpty ? "unknown" : String(decoding: client, as: UTF8.self)
        var element = Array((isIPv6 ? "for=\"[\(text)]\"" : "for=\(text)").utf8)
        if !named.isEmpty { element += Array(";host=\"".utf8) + named + Array("\"".utf8) }
        element += Array(";proto=\(scheme)".utf8)
        fields.append(appended("Forwarded", to: trusted, element))
        return fields
    }

    /// A list of the gateway's own element, behind those of the client where they are kept.
    private func appended(
        _ name: String, to isKept: Bool, _ element: [UInt8]
    ) -> FieldText {
        let key = name.lowercased()
        var value: [UInt8] = []
        if isKept, !request.lines.connectionOptions.contains(key) {
            for field in request.lines.values(of: key) where !field.value.isEmpty {
                value += field.value + Array(", ".utf8)
            }
        }
        return FieldText(name, value + element)
    }

    private var countsForwards: Bool {
        ["OPTIONS", "TRACE"].contains(String(decoding: request.method, as: UTF8.self))
    }

    private var maxForwards: [FieldText] {
        guard countsForwards, let field = request.lines.values(of: "max-forwards").first,
            let count = Octets.decimal(field.value)
        else { return [] }
        return [FieldText("Max-Forwards", "\(max(0, count - 1))")]
    }

    /// Whether one valid trace came that `Connection` does not name.
    private var hasTrace: Bool {
        let traces = request.lines.values(of: "traceparent")
        guard traces.count == 1, !request.lines.connectionOptions.contains("traceparent") else {
            return false
        }
        let parts = traces[0].value.split(separator: 0x2D, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count >= 4, parts.prefix(4).map(\.utf8.count) == [2, 32, 16, 2],
            parts.prefix(4).joined().utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) })
        else { return false }
        return parts[0] != "ff" && (parts[0] != "00" || parts.count == 4)
            && parts[1].contains { $0 != "0" } && parts[2].contains { $0 != "0" }
    }

    private var madeTrace: [FieldText] {
        hasTrace || forwarding.traceSeed == nil ? [] : [FieldText("traceparent", Self.seededTrace)]
    }
}
