import HTTP1

/// What of a request must reach the endpoint, worked out slowly and apart from the writer: the
/// oracle for forwarding.
enum EndToEnd {
    /// Fields that end at every hop, or that the gateway writes anew.
    private static let removed: Set<String> = [
        "host", "connection", "keep-alive", "proxy-connection", "te", "transfer-encoding",
        "upgrade", "proxy-authenticate", "proxy-authorization", "content-length", "via",
        "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "traceparent",
        "tracestate", "http2-settings",
    ]

    /// The field lines that go on, in order.
    static func lines(of request: ReadRequest) -> [String] {
        var stopped = removed
        if request.framing != .chunked { stopped.insert("trailer") }
        if request.method == "OPTIONS" { stopped.insert("max-forwards") }
        for line in request.fields where name(line) == "connection" {
            for option in line.drop(while: { $0 != ":" }).dropFirst().split(separator: ",") {
                stopped.insert(option.filter { !$0.isWhitespace }.lowercased())
            }
        }
        return request.fields.filter { !stopped.contains(name($0)) && !name($0).contains("_") }
    }

    /// The name of a line, in lower case.
    private static func name(_ line: String) -> String {
        line.prefix { $0 != ":" }.lowercased()
    }
}
