internal import HTTP1
internal import Reactor

/// Tries at endpoints as a route bounds and repeats them (reference/routing.md, "Edges").
///
/// What needs no route's leave is elsewhere: another endpoint where one could not be connected to,
/// a stale connection's request sent once more.
extension Worker {
    /// The longest pause between tries, milliseconds: pauses double.
    private static let backoffMaxMs: Int64 = 60_000

    /// A try begins on a connection.
    mutating func beginTry(_ client: Int, _ upstream: Int) {
        let limit = clients[client].exchange.tryMs
        if limit > 0 { upstreams[upstream].tryEndsMs = loop.nowMs + limit }
    }

    /// A try failed: another begins where the route allows one and the request can be repeated,
    /// else the failure is the answer. May close the client.
    ///
    /// - Parameters:
    ///   - endpoint: the one that the log names, where no connection to it is left; -1 for none.
    ///   - wasSent: the endpoint may have got octets of the request.
    mutating func failOrRetry(
        _ client: Int, _ failure: Failure, endpoint: Int = -1, wasSent: Bool
    ) {
        if mayRetry(client, wasSent: wasSent) { return beginRetry(client) }
        if endpoint >= 0 { noteEndpoint(client, endpoint) }
        fail(client, failure)
    }

    /// Whether the final response in `responseHead` is one that the route tries again, and
    /// begins that. May close the client then.
    mutating func triesAgain(_ client: Int, _ upstream: Int) -> Bool {
        if clients[client].exchange.retriesLeft == 0 { return false }
        let table = clients[client].exchange.table
        let program = clients[client].exchange.program
        guard tables[table].filters.retries(responseHead.status, program: program),
            mayRetry(client, wasSent: true)
        else { return false }
        endpointSucceeded(upstreams[upstream].endpoint)
        markTried(client, upstreams[upstream].endpoint)
        beginRetry(client)
        return true
    }

    private func mayRetry(_ client: Int, wasSent: Bool) -> Bool {
        let exchange = clients[client].exchange
        if exchange.retriesLeft == 0 || !exchange.isRepeatable { return false }
        if wasSent && !exchange.method.isIdempotent { return false }
        return loop.nowMs + exchange.backoffMs < exchange.deadlineMs
    }

    private mutating func beginRetry(_ client: Int) {
        counters.add(.retries)
        let upstream = clients[client].exchange.upstream
        if upstream >= 0 {
            clients[client].exchange.upstream = -1
            discardUpstream(upstream)
        }
        clients[client].exchange.retriesLeft -= 1
        clients[client].exchange.repeatCount = 0
        clients[client].exchange.attempts = 0
        if !hasUsableEndpoint(client) {
            clients[client].exchange.triedFirst = -1
            clients[client].exchange.triedSecond = -1
        }
        let pause = clients[client].exchange.backoffMs
        if pause == 0 { return repeatRequest(client) }
        clients[client].exchange.backoffMs = min(pause * 2, Self.backoffMaxMs)
        clients[client].exchange.retryAtMs = loop.nowMs + pause
        clients[client].pace.end()
        loop.timers.arm(client, atMs: loop.nowMs + pause)
    }

    /// The pause before a try is over, or the timer was early. May close the client.
    mutating func retryTimeUp(_ client: Int) {
        let at = clients[client].exchange.retryAtMs
        if loop.nowMs < at { return loop.timers.arm(client, atMs: at) }
        clients[client].exchange.retryAtMs = 0
        if clients[client].exchange.deadlineMs != .max {
            loop.timers.arm(client, atMs: clients[client].exchange.deadlineMs)
        }
        repeatRequest(client)
    }

    /// A try took longer than the route allows. May close the client.
    mutating func tryTimeUp(_ upstream: Int) {
        let client = upstreams[upstream].client
        let endpoint = upstreams[upstream].endpoint
        let wasSent: Bool
        if case .connecting = upstreams[upstream].phase { wasSent = false } else { wasSent = true }
        if clients[client].exchange.isRequestWhole || !wasSent { endpointFailed(endpoint) }
        if clients[client].exchange.hasResponse { return fail(client, .endpointTimeout) }
        markTried(client, endpoint)
        failOrRetry(client, .endpointTimeout, wasSent: wasSent)
    }
}
