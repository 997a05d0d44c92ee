import HTTP1

/// Forwards a request as a proxy would: parsed, its path made canonical, written anew.
struct RequestForwarder {
    var forwarding = RequestForwarding()
    var host = ""
    var client = "192.0.2.7"
    var extra: [(name: StaticString, value: String)] = []

    /// The head that goes on.
    func forward(_ text: String) throws -> String {
        String(decoding: try forward(Array(text.utf8)), as: UTF8.self)
    }

    /// The head that goes on.
    func forward(_ octets: [UInt8]) throws -> [UInt8] {
        var parser = RequestHeadParser()
        var head = RequestHead()
        _ = try parser.parse(octets.span, into: &head)
        return try write(&head, octets)
    }

    /// The head that goes on, of one that was parsed.
    func write(_ head: inout RequestHead, _ octets: [UInt8]) throws -> [UInt8] {
        let hostOctets = Array(host.utf8)
        let clientOctets = Array(client.utf8)
        let path = try canonical(Array(octets[head.path.indices]))
        var sink = ArraySink()
        HeadWriter.request(
            &head, octets.span, path: path.span, host: hostOctets.span, client: clientOctets.span,
            forwarding: forwarding, into: &sink)
        for (name, value) in extra {
            let valueOctets = Array(value.utf8)
            HeadWriter.field(name, valueOctets.span, into: &sink)
        }
        HeadWriter.end(into: &sink)
        return sink.octets
    }

    private func canonical(_ path: [UInt8]) throws(PathFault) -> [UInt8] {
        guard !path.isEmpty else { return [] }
        var buffer = [UInt8](repeating: 0, count: path.count)
        var span = buffer.mutableSpan
        guard let count = try CanonicalPath.form(of: path.span, into: &span) else { return path }
        return Array(buffer[..<count])
    }
}

/// Forwards a response as a proxy would.
func forwardedResponse(
    _ text: String, to method: Method = .get, minor: UInt8 = 1, keeps: Bool = true,
    upgradeAsked: Bool = false
) throws -> String {
    var (head, octets) = try parsedResponse(text, to: method, upgradeAsked: upgradeAsked)
    var forwarding = ResponseForwarding()
    forwarding.clientMinor = minor
    forwarding.keepsClient = keeps
    let date = Array("Tue, 24 Nov 2026 00:00:00 GMT".utf8)
    var sink = ArraySink()
    HeadWriter.response(
        &head, octets.span, forwarding: forwarding, date: date.span, into: &sink)
    HeadWriter.end(into: &sink)
    return sink.text
}
