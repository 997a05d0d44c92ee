internal import HTTP1
internal import Reactor

extension Worker {
    /// Something happened to a client's connection. May close it.
    mutating func clientReady(_ client: Int, _ readiness: Readiness) {
        let wasBlocked = clients[client].stream.isBlocked
        clients[client].stream.note(readiness)
        if readiness.isFailed {
            // Reset: nobody is there to take anything.
            closeClient(client, because: .clientClosed)
            return
        }
        switch clients[client].phase {
        case .preamble:
            readPreamble(client)
        case .idle, .head:
            readHead(client)
        case .exchange:
            continueExchange(client, mayWrite: wasBlocked && !clients[client].stream.isBlocked)
        case .lingering:
            linger(client)
        case .tunnel:
            pumpTunnel(client)
        }
    }

    /// Goes on with a client that gave way to others. May close it.
    mutating func resumeClient(_ client: Int) {
        switch clients[client].phase {
        case .preamble: readPreamble(client)
        case .idle, .head: readHead(client)
        case .exchange: continueExchange(client, mayWrite: true)
        case .lingering: linger(client)
        case .tunnel: pumpTunnel(client)
        }
    }

    private mutating func continueExchange(_ client: Int, mayWrite: Bool) {
        let generation = clients.generation(of: client)
        if !clients[client].exchange.isRequestDone { pumpRequest(client) }
        if mayWrite && clients.contains(client, generation: generation),
            case .exchange = clients[client].phase
        {
            pumpResponse(client)
        }
    }

    /// Reads a request head and begins the exchange when it is whole. May close the client.
    mutating func readHead(_ client: Int) {
        // The first look is at what is there already, after a request that came with others.
        var mayHaveLine = !clients[client].stream.input.isEmpty
        while true {
            if mayHaveLine, parseHead(client) { return }
            if !makeRoom(client) {
                refuse(client, .headTooLargeToForward)
                return
            }
            let before = clients[client].stream.input.count
            if clients[client].stream.fill() == 0 {
                waitForHead(client)
                return
            }
            // The first octets may show that this is no HTTP. After them only a line's end can
            // complete anything, so a head that drips in is not parsed again for every octet.
            mayHaveLine =
                before == 0
                || clients[client].stream.input.hasLineEnd(
                    from: before, most: limits.requestHead.requestLineOctetsMax)
        }
    }

    private mutating func makeRoom(_ client: Int) -> Bool {
        loop.buffers.attachSmall(&clients[client].stream.input)
        if clients[client].stream.input.room > 0 { return true }
        clients[client].stream.input.compact()
        if clients[client].stream.input.room > 0 { return true }
        loop.buffers.grow(&clients[client].stream.input)
        return clients[client].stream.input.room > 0
    }

    /// Nothing more to read for now.
    private mutating func waitForHead(_ client: Int) {
        if clients[client].stream.failure != 0 || clients[client].stream.hasEnded {
            closeClient(client)
            return
        }
        if clients[client].stream.input.isEmpty {
            loop.buffers.detach(&clients[client].stream.input)
            return
        }
        if case .idle = clients[client].phase {
            clients[client].phase = .head
            clients[client].phaseSinceMs = loop.nowMs
            loop.timers.arm(client, atMs: loop.nowMs + timeouts.headMs)
        }
    }

    /// Throws away what still comes from a client that has its last answer. May close it.
    mutating func linger(_ client: Int) {
        var budget = transfersPerTurn
        loop.buffers.attachSmall(&clients[client].stream.input)
        while budget > 0 {
            budget -= 1
            clients[client].stream.input.clear()
            if clients[client].stream.fill() == 0 {
                if clients[client].stream.failure != 0 || clients[client].stream.hasEnded {
                    closeClient(client)
                } else {
                    clients[client].stream.input.clear()
                    loop.buffers.detach(&clients[client].stream.input)
                }
                return
            }
        }
        loop.defer(token(ofClient: client))
    }

    /// Ends our direction and waits a little for the client to end its own.
    mutating func beginLinger(_ client: Int) {
        clients[client].phase = .lingering
        clients[client].phaseSinceMs = loop.nowMs
        clients[client].stream.socket.endWriting()
        clients[client].stream.input.clear()
        loop.buffers.detach(&clients[client].stream.output)
        loop.timers.arm(client, atMs: loop.nowMs + timeouts.lingerMs)
        linger(client)
    }

    /// Closes a client's connection, and what an exchange of its holds.
    ///
    /// - Parameters:
    ///   - isHard: the client must see that what it got was not whole, so the connection is reset
    ///     rather than ended.
    ///   - reason: what ended an exchange that was not over.
    mutating func closeClient(_ client: Int, isHard: Bool = false, because reason: Failure? = nil) {
        switch clients[client].phase {
        case .exchange, .tunnel: account(client, failure: reason ?? .clientClosed)
        case .preamble, .idle, .head, .lingering: break
        }
        if clients[client].isCounted { limiter.leave(clients[client].network) }
        let upstream = clients[client].exchange.upstream
        if upstream >= 0 {
            clients[client].exchange.upstream = -1
            discardUpstream(upstream)
        }
        releaseTable(of: client)
        releasePipe(of: client)
        loop.timers.disarm(client)
        loop.buffers.detach(&clients[client].stream.input)
        loop.buffers.detach(&clients[client].stream.output)
        loop.buffers.detach(&clients[client].line)
        let closed = clients.remove(client)
        if isHard { closed.stream.abort() }
    }

    /// A client's time is up for something, or its timer was only early. May close it.
    mutating func clientTimeUp(_ client: Int) {
        let now = loop.nowMs
        let since = clients[client].phaseSinceMs
        switch clients[client].phase {
        case .preamble:
            if now - since >= timeouts.headMs {
                counters.add(.badProxyHeaders)
                return closeClient(client)
            }
            loop.timers.arm(client, atMs: since + timeouts.headMs)
        case .tunnel:
            if now - since >= timeouts.tunnelIdleMs {
                return closeClient(client, because: .tunnelIdle)
            }
            loop.timers.arm(client, atMs: since + timeouts.tunnelIdleMs)
        case .idle:
            let first = clients[client].exchange.startedUs == 0
            let limit = first ? timeouts.headMs : timeouts.clientIdleMs
            if now - since >= limit { return closeClient(client) }
            loop.timers.arm(client, atMs: since + limit)
        case .head:
            if now - since >= timeouts.headMs { return refuse(client, .headTimeout) }
            loop.timers.arm(client, atMs: since + timeouts.headMs)
        case .lingering:
            if now - since >= timeouts.lingerMs { return closeClient(client) }
            loop.timers.arm(client, atMs: since + timeouts.lingerMs)
        case .exchange:
            exchangeTimeUp(client)
        }
    }

    private mutating func exchangeTimeUp(_ client: Int) {
        let now = loop.nowMs
        if clients[client].exchange.retryAtMs > 0 { return retryTimeUp(client) }
        if clients[client].pace.isTooSlow(nowMs: now, timeouts: timeouts) {
            if clients[client].stream.isBlocked || clients[client].exchange.hasResponse {
                return closeClient(client, isHard: true, because: .clientTooSlow)
            }
            return refuse(client, .bodyTimeout)
        }
        let deadline = clients[client].exchange.deadlineMs
        if now >= deadline { return fail(client, .requestTimeout) }
        var next = now + timeouts.paceWindowMs
        if clients[client].pace.sinceMs >= 0 {
            next = clients[client].pace.sinceMs + timeouts.paceWindowMs
        }
        loop.timers.arm(client, atMs: min(next, deadline))
    }
}
