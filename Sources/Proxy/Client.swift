internal import HTTP1
internal import Reactor

/// A client's connection, with the exchange that it has in hand.
///
/// One exchange at a time: what a client sends ahead waits in `stream.input`, or in the kernel,
/// until the answer before it is written. So answers are in order by construction.
struct Client: ~Copyable {
    enum Phase {
        /// A PROXY protocol header has to come before anything else.
        case preamble
        /// Between requests: nothing of the next head has come.
        case idle
        /// Part of a head has come.
        case head
        /// A request is being forwarded or answered.
        case exchange
        /// The last answer is out and our direction has ended; what still comes is thrown away,
        /// so that the kernel does not reset the connection before the client has read.
        case lingering
        /// The endpoint changed to another protocol: octets pass both ways, unread.
        case tunnel
    }

    var stream: Stream
    var phase = Phase.idle
    var exchange = Exchange()

    /// The line of the access log about the exchange in hand, as far as it is written; without
    /// storage between exchanges and when there is no log.
    var line = Buffer()

    /// Field lines that the answer will carry besides, written when the request came; without
    /// storage where there are none.
    var answerLines = Buffer()

    /// The port of the listener that took the connection; 0 for a Unix-domain one.
    let listenerPort: UInt16

    /// The peer is in the networks whose forwarding fields are believed.
    var isTrusted = false

    /// The limiter counts it.
    var isCounted = false

    /// Under which name the limiter counts it; the address that connected, whatever a PROXY header
    /// or a field says.
    let network: UInt64

    /// The peer's address as `X-Forwarded-For` has it, written once.
    var address: InlineArray<46, UInt8> = .init(repeating: 0)
    var addressOctets = 0

    /// When the phase began: the first octet of a head, the end of an exchange.
    var phaseSinceMs: Int64

    /// The window over which the client's pace is measured.
    var pace = Pace()

    init(socket: consuming Socket, peer: SocketAddress, listenerPort: UInt16, nowMs: Int64) {
        stream = Stream(socket: socket)
        phaseSinceMs = nowMs
        self.listenerPort = listenerPort
        network = peer.networkKey
        setAddress(peer)
    }

    /// Takes an address for the client's.
    mutating func setAddress(_ peer: SocketAddress) {
        var text = InlineArray<46, UInt8>(repeating: 0)
        var count = 0
        peer.withHost { octet in
            if count < SocketAddress.hostOctetsMax {
                text[count] = octet
                count += 1
            }
        }
        address = text
        addressOctets = count
    }
}

/// How fast a client sends its body, or takes what waits for it, while we wait for nothing else.
struct Pace {
    /// When the window began; -1 while the client is not what we wait for.
    private(set) var sinceMs: Int64 = -1

    private var octets = 0

    /// The client is waited for from now on, if it was not before.
    mutating func begin(nowMs: Int64) {
        if sinceMs >= 0 { return }
        sinceMs = nowMs
        octets = 0
    }

    /// The client is not what is waited for.
    mutating func end() {
        sinceMs = -1
    }

    /// Octets passed.
    mutating func count(_ passed: Int) {
        octets &+= passed
    }

    /// Whether the window is over and too little passed in it; a window that was good enough is
    /// followed by the next.
    mutating func isTooSlow(nowMs: Int64, timeouts: GatewayTimeouts) -> Bool {
        if sinceMs < 0 || nowMs - sinceMs < timeouts.paceWindowMs { return false }
        if octets < timeouts.paceOctetsMin { return true }
        sinceMs = nowMs
        octets = 0
        return false
    }
}
