internal import HTTP1

/// One request and its answer, as far as they have come. Plain numbers: it lies in its client and
/// is written over by the next.
struct Exchange {
    /// What remains of a body.
    enum Body {
        /// Nothing: there was none, or all of it passed.
        case complete
        /// So many octets still.
        case length(Int64)
        /// Chunks, up to the last.
        case chunked
        /// Whatever comes until the endpoint ends the connection.
        case untilClose
    }

    /// How the client learns where the response ends.
    enum ClientFraming {
        /// By its length, or there is no body: octets pass as they are.
        case asIs
        /// Chunks that we write.
        case chunked
    }

    /// The endpoint's connection, or -1.
    var upstream = -1

    // The request.

    var method = Method.other
    var versionMinor: UInt8 = 1
    var request = Body.complete
    var requestDecoder = ChunkedDecoder(side: .request)

    /// The request's last chunk was written and trailer lines follow it.
    var requestTrailers = false

    /// The decoder used last can do nothing without more octets.
    var needsMore = false

    /// Octets at the front of the client's input that have gone on already, the head included.
    var passed = 0

    /// Octets of the head there; 0 once the head was let go to make room for the body.
    var headOctets = 0

    /// Body octets forwarded so far.
    var requestOctets: Int64 = 0

    /// The client wants to use the connection again, and nothing happened that forbids it.
    var keepsAlive = true

    /// The client asked for another protocol, and the wish went on.
    var asksUpgrade = false

    /// The client waits for a 100 before it sends the body.
    var awaitsContinue = false

    /// The endpoint takes no more of the request: it answered early or broke our direction.
    var isRequestAbandoned = false

    // The decision.

    /// The table in force when the request came, as a place in the loop's tables; -1 for none.
    var table = -1
    var rule = -1
    /// Where the loop counts it, as a place in its traffic; -1 when there was no room.
    var trafficSlot = -1
    /// The group of endpoints that the weights chose, as a place in the table's groups.
    var group = -1

    /// What the filters do, as a place in the table's programs; -1 for nothing.
    var program = -1
    /// The octets of the path's prefix by which the request fitted, where something replaces it.
    var prefixOctets = 0
    /// Copies are to be sent once the request is whole.
    var hasMirrors = false
    /// More tries that the route allows.
    var retriesLeft = 0
    /// The pause before the next of them.
    var backoffMs: Int64 = 0
    /// When the next try begins; 0 while none is waited for.
    var retryAtMs: Int64 = 0

    /// Endpoints that could not be connected to.
    var triedFirst = -1
    var triedSecond = -1
    var attempts = 0

    /// How often it was sent once more because a connection ended before an answer: a kept one
    /// that was stale, then one to another endpoint.
    var repeatCount = 0

    /// The most of those: one of each kind.
    static let repeatCountMax = 2

    // The response.

    /// A final response's head was written for the client.
    var hasResponse = false
    /// An interim response went out.
    var interimCount = 0
    var response = Body.complete
    var responseDecoder = ChunkedDecoder(side: .response)
    var clientFraming = ClientFraming.asIs

    /// The response's last chunk was written and trailer lines follow it.
    var responseTrailers = false

    /// The pipe that a large body goes through, as a place in the loop's pipes; -1 for none.
    var pipe = -1

    /// Body octets that the client was given or is being given.
    var responseOctets: Int64 = 0

    /// The endpoint's connection may serve another request after this one.
    var keepsUpstream = false

    /// The status that the client was given; 0 before.
    var status = 0

    /// Why the gateway answered itself, or what ended the exchange early.
    var failure: Failure?

    /// The line of the access log names the endpoint already.
    var hasEndpointInLine = false

    // Time.

    /// When the head was complete, microseconds; 0 before the first exchange of a connection.
    var startedUs: Int64 = 0

    /// When the endpoint's final head was there; 0 before.
    var firstOctetUs: Int64 = 0

    /// When the route's own limit for the whole exchange ends; `.max` without one.
    var deadlineMs: Int64 = .max

    /// The route's limit for each try, milliseconds; 0 for none.
    var tryMs: Int64 = 0

    /// The route's limit for the endpoint to begin its answer; 0 for the gateway's own.
    var firstOctetMs: Int64 = 0

    /// Begins to forward the request's body, from its first octet behind the head: at the start,
    /// and again when the request is sent once more.
    mutating func beginRequestBody(_ framing: BodyFraming) {
        passed = headOctets
        requestOctets = 0
        requestTrailers = false
        needsMore = false
        isRequestAbandoned = false
        requestDecoder = ChunkedDecoder(side: .request)
        switch framing {
        case .none, .untilClose: request = .complete
        case .length(let octets): request = octets == 0 ? .complete : .length(octets)
        case .chunked: request = .chunked
        }
    }

    /// Whether all of the request has gone on to the endpoint, or will not.
    var isRequestDone: Bool {
        if case .complete = request { return true }
        return isRequestAbandoned
    }

    /// Whether the client holds its body back until the endpoint says something.
    var isAwaitingContinue: Bool {
        awaitsContinue && interimCount == 0 && !hasResponse && requestOctets == 0
    }

    /// Whether the request can be sent anew: its head and all that was read of its body are
    /// still in the client's input.
    var isRepeatable: Bool { headOctets > 0 && !hasResponse && interimCount == 0 }

    /// Whether the request passed whole, so that what follows in the input is the next one.
    var isRequestWhole: Bool {
        if case .complete = request { return true }
        return false
    }
}
