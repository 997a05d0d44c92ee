internal import HTTP1
internal import Reactor

extension Worker {
    /// Moves the request on to its endpoint until something has to be waited for: the endpoint's
    /// socket, the client's octets, or nothing any more. May close the client.
    mutating func pumpRequest(_ client: Int) {
        let upstream = clients[client].exchange.upstream
        if upstream < 0 { return }
        if case .connecting = upstreams[upstream].phase { return }
        var budget = transfersPerTurn
        while budget > 0 {
            budget -= 1
            let count: Int
            do throws(MessageError) {
                count = try stageRequest(client, upstream)
            } catch {
                return refuseBody(client, error)
            }
            if count == 0 && upstreams[upstream].stream.output.isEmpty {
                if clients[client].exchange.isRequestWhole {
                    return requestPassed(client, upstream)
                }
                if !readRequestBody(client) { return }
                continue
            }
            let offset = clients[client].exchange.passed
            let moved = upstreams[upstream].stream.flush(
                then: clients[client].stream.input, at: offset, count: count)
            upstreams[upstream].progressMs = loop.nowMs
            passRequest(client, octets: moved)
            if upstreams[upstream].stream.failure != 0 { return abandonRequest(client, upstream) }
            if upstreams[upstream].stream.isBlocked {
                // The endpoint is waited for, not the client.
                if !clients[client].stream.isBlocked { clients[client].pace.end() }
                return
            }
        }
        loop.defer(token(ofClient: client))
    }

    /// Counts octets of a body of known length that went on as they lie in the client's input.
    private mutating func passRequest(_ client: Int, octets: Int) {
        guard case .length(let remaining) = clients[client].exchange.request else { return }
        let left = remaining - Int64(octets)
        clients[client].exchange.passed += octets
        clients[client].exchange.requestOctets += Int64(octets)
        clients[client].exchange.request = left == 0 ? .complete : .length(left)
    }

    /// Makes ready what lies before us of the body: chunks are written anew into the endpoint's
    /// output; octets of a known length are sent from where they lie.
    ///
    /// - Returns: how many octets may be sent so.
    private mutating func stageRequest(
        _ client: Int, _ upstream: Int
    ) throws(MessageError) -> Int {
        switch clients[client].exchange.request {
        case .complete, .untilClose:
            return 0
        case .length(let remaining):
            let waiting = clients[client].stream.input.count - clients[client].exchange.passed
            return Int(min(Int64(waiting), remaining))
        case .chunked:
            loop.buffers.attachSmall(&upstreams[upstream].stream.output)
            try clients[client].stageRequestChunks(
                into: &upstreams[upstream].stream.output, bodyOctetsMax: limits.bodyOctetsMax)
            return 0
        }
    }

    /// Reads more of the body from the client, after making room.
    ///
    /// - Returns: whether octets came; if not, the client may be closed.
    private mutating func readRequestBody(_ client: Int) -> Bool {
        let passed = clients[client].exchange.passed
        if !clients[client].stream.mayRead {
            waitForBody(client)
            return false
        }
        if !clients[client].stream.input.isAttached {
            loop.buffers.attachSmall(&clients[client].stream.input)
        } else if clients[client].stream.input.room == 0 {
            // The head is let go: from here on the request cannot be repeated.
            clients[client].stream.input.consume(passed)
            clients[client].stream.input.compact()
            clients[client].exchange.passed = 0
            clients[client].exchange.headOctets = 0
            loop.buffers.grow(&clients[client].stream.input)
        }
        let octets = clients[client].stream.fill()
        clients[client].pace.count(octets)
        if octets == 0 {
            waitForBody(client)
            return false
        }
        return true
    }

    /// The client's next octets are what is missing. May close it.
    private mutating func waitForBody(_ client: Int) {
        if clients[client].stream.hasEnded || clients[client].stream.failure != 0 {
            // It ended within its body: neither side gets anything that looks whole.
            closeClient(client, because: .clientClosed)
            return
        }
        // A client that waits for a 100 waits for the endpoint.
        if clients[client].exchange.isAwaitingContinue { return }
        beginPace(client)
    }

    /// Waits for the client from now on, if it was not waited for before: to the end of the window
    /// over which its pace is measured, however many octets drip in meanwhile.
    mutating func beginPace(_ client: Int) {
        clients[client].pace.begin(nowMs: loop.nowMs)
        let windowEnd = clients[client].pace.sinceMs + timeouts.paceWindowMs
        loop.timers.arm(client, atMs: min(windowEnd, clients[client].exchange.deadlineMs))
    }

    /// All of the request is with the endpoint's kernel.
    private mutating func requestPassed(_ client: Int, _ upstream: Int) {
        loop.buffers.detach(&upstreams[upstream].stream.output)
        if !clients[client].stream.isBlocked { clients[client].pace.end() }
        upstreams[upstream].progressMs = loop.nowMs
        if clients[client].exchange.hasMirrors { mirrorRequest(client) }
        finishIfDone(client)
    }

    /// The endpoint takes no more. It may have answered before it stopped, so its side is read;
    /// the request is not whole, so the client's connection ends with this exchange. May close
    /// the client.
    private mutating func abandonRequest(_ client: Int, _ upstream: Int) {
        clients[client].exchange.isRequestAbandoned = true
        clients[client].exchange.keepsUpstream = false
        if !clients[client].exchange.isRequestWhole {
            clients[client].exchange.keepsAlive = false
        }
        upstreams[upstream].stream.output.clear()
        upstreams[upstream].stream.mayRead = true
        upstreams[upstream].stream.failure = 0
        pumpResponse(client)
    }

    /// The body's framing is wrong: nothing behind it can be trusted, and what the endpoint got
    /// must not look whole. May close the client.
    private mutating func refuseBody(_ client: Int, _ error: MessageError) {
        if clients[client].exchange.hasResponse {
            closeClient(client, isHard: true, because: .message(error))
        } else {
            refuse(client, .message(error))
        }
    }
}
