/// What a crowd of connections does.
struct CrowdPlan: Sendable {
    /// Where on 127.0.0.1 they lead.
    var port: UInt16
    /// How many there are.
    var connections: Int
    /// What they send in turn.
    var texts: RequestTexts
    /// The status of an ordinary answer.
    var status = 200
    /// Whether the requests begin anew after the last one; otherwise each is sent once.
    var repeats = true
    /// Octets of a message over the tunnel that the one request opens; 0 when it opens none.
    var messageOctets = 0

    /// Ordinary requests.
    static func requests(
        to port: UInt16, connections: Int, _ texts: RequestTexts
    ) -> CrowdPlan {
        CrowdPlan(port: port, connections: connections, texts: texts)
    }

    /// WebSockets (RFC 6455) whose messages come back as they are.
    static func webSockets(to port: UInt16, connections: Int) -> CrowdPlan {
        let frame = RequestTexts.frame
        return CrowdPlan(
            port: port, connections: connections, texts: .upgrade, status: 101,
            messageOctets: frame.count)
    }
}

/// The octets of requests, one after the other.
struct RequestTexts: Sendable {
    /// All of them.
    private(set) var octets: [UInt8] = []
    /// Where each ends.
    private(set) var ends: [Int] = []

    /// A request for one path.
    init(host: String = Contender.host, path: String, fields: String = "") {
        add(host: host, path: path, fields: fields)
    }

    /// Requests that take turns over the routes of a ``ForgedLog``.
    init(routes: Int) {
        for route in 0..<routes {
            let place = ForgedLog.place(ofRoute: route)
            add(host: place.host, path: place.path, fields: "")
        }
    }

    /// Requests as they are given.
    init(_ requests: [[UInt8]]) {
        for request in requests {
            octets += request
            ends.append(octets.count)
        }
    }

    /// What opens a WebSocket; the key is the one of RFC 6455 §1.3.
    static let upgrade = RequestTexts(
        path: "/echo",
        fields: "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")

    /// A masked text frame of 32 octets, RFC 6455 §5.2; the mask is all zeros.
    static let frame: [UInt8] = [0x81, 0x80 | 32, 0, 0, 0, 0] + [UInt8](repeating: 0x78, count: 32)

    private mutating func add(host: String, path: String, fields: String) {
        octets += Array("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\(fields)\r\n".utf8)
        ends.append(octets.count)
    }
}
