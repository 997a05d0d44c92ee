internal import HTTP1
internal import Reactor

extension Worker {
    /// Octets of a whole body up to which it is copied behind its head: one plain write costs
    /// less than gathering two pieces.
    static let copiedBodyMax: Int64 = 2048

    /// Moves the response on to its client until something has to be waited for: the client's
    /// socket, the endpoint's octets, or nothing any more. May close the client.
    mutating func pumpResponse(_ client: Int) {
        // Between two tries there is nothing to move.
        if clients[client].exchange.upstream < 0 && !clients[client].exchange.hasResponse { return }
        // An interim response that the client did not take at once.
        if !clients[client].exchange.hasResponse { _ = clients[client].stream.flush() }
        var budget = transfersPerTurn
        while budget > 0 {
            budget -= 1
            let upstream = clients[client].exchange.upstream
            if upstream >= 0 && !clients[client].exchange.hasResponse {
                if !readResponseHead(client, upstream) { return }
            }
            let count: Int
            do throws(MessageError) {
                count = try stageResponse(client)
            } catch {
                // What came before the fault is the client's; the end is not.
                _ = clients[client].stream.flush()
                return cutShort(client)
            }
            if count == 0 && clients[client].stream.output.isEmpty {
                if !clients[client].exchange.hasResponse { continue }
                if case .complete = clients[client].exchange.response {
                    return finishIfDone(client)
                }
                if !splices(client, upstream) {
                    if !readResponseBody(client, upstream) { return }
                    continue
                }
                if !spliceResponse(client, upstream) {
                    _ = waitForBody(client, of: upstream)
                    return
                }
            } else {
                writeToClient(client, count: count)
            }
            if clients[client].stream.failure != 0 {
                return closeClient(client, because: .clientClosed)
            }
            // The client does not take what waits for it. It is given time, and a pace to keep.
            if clients[client].stream.isBlocked { return beginPace(client) }
        }
        loop.defer(token(ofClient: client))
    }

    /// Writes what waits for the client and `count` octets of the endpoint's input behind it.
    private mutating func writeToClient(_ client: Int, count: Int) {
        let waiting = clients[client].stream.output.count
        let upstream = clients[client].exchange.upstream
        if count == 0 || upstream < 0 {
            _ = clients[client].stream.flush()
            clients[client].pace.count(waiting - clients[client].stream.output.count)
            return
        }
        let moved = clients[client].stream.flush(
            then: upstreams[upstream].stream.input, at: 0, count: count)
        upstreams[upstream].stream.input.consume(moved)
        countResponse(client, moved)
        if case .length(let remaining) = clients[client].exchange.response {
            let left = remaining - Int64(moved)
            clients[client].exchange.response = left == 0 ? .complete : .length(left)
        }
    }

    /// Octets of one response after which its client is known to read: its own and the kernel's
    /// buffers for one that does not hold less.
    private static let readingProvedOctets: Int64 = 512 * 1024

    /// Counts octets of a body that the kernel took for the client.
    mutating func countResponse(_ client: Int, _ octets: Int) {
        clients[client].pace.count(octets)
        let former = clients[client].exchange.responseOctets
        clients[client].exchange.responseOctets = former + Int64(octets)
        if former < Self.readingProvedOctets
            && former + Int64(octets) >= Self.readingProvedOctets
        {
            clients[client].stream.socket.sendFurtherAhead()
        }
    }

    /// Makes ready what lies before us of the response's body.
    ///
    /// - Returns: octets that may be sent from where they lie in the endpoint's input.
    private mutating func stageResponse(_ client: Int) throws(MessageError) -> Int {
        let upstream = clients[client].exchange.upstream
        if upstream < 0 || !clients[client].exchange.hasResponse { return 0 }
        let waiting = upstreams[upstream].stream.input.count
        switch clients[client].exchange.response {
        case .complete:
            return 0
        case .length(let remaining):
            let count = Int(min(Int64(waiting), remaining))
            let isWhole = Int64(count) == remaining && remaining <= Self.copiedBodyMax
            if isWhole && clients[client].stream.output.room >= count {
                clients[client].stream.output.append(
                    from: upstreams[upstream].stream.input, at: 0, count: count)
                upstreams[upstream].stream.input.consume(count)
                clients[client].exchange.responseOctets += Int64(count)
                clients[client].exchange.response = .complete
                return 0
            }
            return count
        case .untilClose where clients[client].exchange.clientFraming == .asIs:
            return waiting
        case .untilClose, .chunked:
            if waiting == 0 { return 0 }
            loop.buffers.attachSmall(&clients[client].stream.output)
            try clients[client].stageResponseChunks(from: &upstreams[upstream].stream.input)
            return 0
        }
    }

    /// Reads more of the body from the endpoint.
    ///
    /// - Returns: whether there is more to do; if not, the client may be closed.
    private mutating func readResponseBody(_ client: Int, _ upstream: Int) -> Bool {
        loop.buffers.attachSmall(&upstreams[upstream].stream.input)
        if upstreams[upstream].stream.input.room == 0 {
            upstreams[upstream].stream.input.compact()
            loop.buffers.grow(&upstreams[upstream].stream.input)
        }
        let capacity = upstreams[upstream].stream.input.capacity
        let octets = upstreams[upstream].stream.fill()
        if octets > 0 {
            upstreams[upstream].progressMs = loop.nowMs
            // A body that fills what it is given streams; larger reads cost less per octet.
            if octets == capacity { loop.buffers.grow(&upstreams[upstream].stream.input) }
            return true
        }
        return waitForBody(client, of: upstream)
    }

    /// No octets of the body are there to read: wait, or deal with the end of the connection.
    ///
    /// - Returns: whether there is more to do; if not, the client may be closed.
    private mutating func waitForBody(_ client: Int, of upstream: Int) -> Bool {
        if upstreams[upstream].stream.hasEnded || upstreams[upstream].stream.failure != 0 {
            return bodyEnded(client, upstream)
        }
        clients[client].pace.end()
        loop.buffers.detachIfEmpty(&upstreams[upstream].stream.input)
        loop.buffers.detach(&clients[client].stream.output)
        return false
    }

    /// The endpoint's connection ended: the end of the body, or a body cut short.
    ///
    /// - Returns: whether the client is still there, to be given the end.
    private mutating func bodyEnded(_ client: Int, _ upstream: Int) -> Bool {
        guard case .untilClose = clients[client].exchange.response,
            upstreams[upstream].stream.failure == 0
        else {
            cutShort(client)
            return false
        }
        if clients[client].exchange.clientFraming == .chunked {
            loop.buffers.attachSmall(&clients[client].stream.output)
            Chunks.writeEnd(into: &clients[client].stream.output, false)
        }
        clients[client].exchange.response = .complete
        return true
    }

    /// The response cannot be completed. The client's connection ends unfinished: a length or
    /// chunks show that by themselves, else it takes a reset.
    mutating func cutShort(_ client: Int) {
        counters.add(.cutShort)
        let isDelimited: Bool
        switch clients[client].exchange.response {
        case .length: isDelimited = true
        case .complete, .chunked, .untilClose:
            isDelimited = clients[client].exchange.clientFraming == .chunked
        }
        closeClient(client, isHard: !isDelimited, because: .responseCut)
    }

    /// Ends the exchange when the client has all of the response. May close the client.
    mutating func finishIfDone(_ client: Int) {
        guard clients[client].exchange.hasResponse,
            case .complete = clients[client].exchange.response,
            clients[client].stream.output.isEmpty
        else { return }
        account(client, failure: nil)
        let isWhole = clients[client].exchange.isRequestWhole
        let upstream = clients[client].exchange.upstream
        if upstream >= 0 {
            clients[client].exchange.upstream = -1
            let isKept =
                clients[client].exchange.keepsUpstream && isWhole
                && upstreams[upstream].stream.output.isEmpty
            releaseUpstream(upstream, keep: isKept)
        }
        releaseTable(of: client)
        clients[client].pace.end()
        if isWhole && clients[client].exchange.keepsAlive { return nextRequest(client) }
        let hasMore = clients[client].stream.input.count > clients[client].exchange.passed
        if isWhole && !hasMore && !clients[client].stream.mayRead {
            clients[client].phase = .lingering
            return closeClient(client)
        }
        beginLinger(client)
    }

    /// Waits for the client's next request, or begins with what came of it already.
    private mutating func nextRequest(_ client: Int) {
        clients[client].stream.input.consume(clients[client].exchange.passed)
        clients[client].exchange.passed = 0
        clients[client].phase = .idle
        clients[client].phaseSinceMs = loop.nowMs
        loop.buffers.detach(&clients[client].stream.output)
        loop.timers.arm(client, atMs: loop.nowMs + timeouts.clientIdleMs)
        if clients[client].stream.input.isEmpty {
            loop.buffers.detach(&clients[client].stream.input)
            if !clients[client].stream.mayRead { return }
        }
        // After the others' turn: a client that sends many requests at once is one of many.
        loop.defer(token(ofClient: client))
    }
}
