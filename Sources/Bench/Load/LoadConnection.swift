import Reactor

/// One connection of a crowd, as its client sees it.
struct LoadConnection: ~Copyable {
    /// Where it is between two requests.
    enum Phase {
        case connecting
        case idle
        /// A request is on its way, and nothing of the answer has come.
        case head
        /// Of the answer's body, or of the message, so many octets are still to come.
        case body(Int)
    }

    /// How far an answer has come.
    enum Progress {
        case more
        case whole
        case wrong(String)
    }

    let socket: Socket
    let crowd: Int
    var phase = Phase.connecting
    /// Whether its first exchange is still to come, which makes it one of its crowd.
    var isNew = true
    /// Whether the contender took it for a tunnel.
    private(set) var isTunnel = false
    /// Whether the contender said that it closes it.
    private(set) var closes = false
    /// When its request should have been sent.
    var dueNs: UInt64 = 0
    /// What of the crowd's texts is still to be written.
    var unsent = 0..<0
    var input = Buffer()

    init(_ socket: consuming Socket, crowd: Int) {
        self.socket = socket
        self.crowd = crowd
    }

    /// Whether a request of it is not answered yet.
    var isBusy: Bool {
        switch phase {
        case .connecting, .idle: false
        case .head, .body: true
        }
    }

    /// Whether much is still to come, so that large reads pay.
    var expectsMuch: Bool {
        if case .body(let rest) = phase { rest > BufferPool.smallOctets } else { false }
    }

    /// Reads once.
    mutating func receive() -> Transfer { socket.receive(into: &input) }

    /// Takes what came, and keeps nothing of a body.
    ///
    /// - Parameter status: What the answer to this request should be; 101 opens a tunnel.
    mutating func digest(status: Int) -> Progress {
        switch phase {
        case .connecting, .idle: return .wrong("octets came that nobody asked for")
        case .head:
            let scan = HeadScan(input.span)
            if scan.octets == 0 {
                return input.room > 0 ? .more : .wrong("a head beyond \(input.capacity) octets")
            }
            guard scan.status == status else { return .wrong("status \(scan.status)") }
            input.consume(scan.octets)
            isTunnel = status == 101
            closes = scan.closes
            guard isTunnel || scan.contentLength >= 0 else { return .wrong("no Content-Length") }
            return takeBody(isTunnel ? 0 : scan.contentLength)
        case .body(let rest): return takeBody(rest)
        }
    }

    private mutating func takeBody(_ rest: Int) -> Progress {
        let taken = min(rest, input.count)
        input.consume(taken)
        phase = .body(rest - taken)
        guard rest == taken else { return .more }
        return input.isEmpty ? .whole : .wrong("octets came after the answer")
    }
}
