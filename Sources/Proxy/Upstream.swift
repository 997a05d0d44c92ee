internal import Reactor

/// A connection to an endpoint: being made, serving one exchange, or idle and waiting for one.
struct Upstream: ~Copyable {
    enum Phase {
        case connecting
        case active
        case idle
        /// A copy of a request is on its way, or its answer is thrown away.
        case mirroring
    }

    var stream: Stream
    var phase: Phase

    /// The endpoint's place in the loop's registry.
    let endpoint: Int

    /// The client that it serves, or -1.
    var client: Int

    /// It served an exchange before this one, so its peer may have closed it meanwhile.
    var isReused = false

    /// It leads where new connections may no longer, so it serves nothing after this exchange.
    var isLast = false

    /// Octets of the response in hand have come.
    var hasAnswered = false

    /// When the route's limit for the try in hand ends; `.max` without one.
    var tryEndsMs: Int64 = .max

    /// When something last passed, either way.
    var progressMs: Int64

    /// The copy that it carries, as a place in the loop's mirrored requests; -1 for none.
    var copy = -1

    // The endpoint's list of idle connections runs through these; -1 is its end.
    var nextIdle = -1
    var previousIdle = -1

    init(
        socket: consuming Socket, endpoint: Int, client: Int, isPending: Bool, nowMs: Int64
    ) {
        stream = Stream(socket: socket)
        phase = isPending ? .connecting : .active
        self.endpoint = endpoint
        self.client = client
        progressMs = nowMs
    }
}
