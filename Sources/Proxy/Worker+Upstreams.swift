internal import Reactor

extension Worker {
    /// An idle connection to an endpoint, the one used last, or a new one.
    mutating func takeUpstream(
        endpoint: Int, client: Int, fresh: Bool = false
    ) -> Result<Int, Failure> {
        let idle = endpoints[endpoint].firstIdle
        if idle >= 0 && clients[client].exchange.repeatCount == 0 {
            unlinkIdle(idle)
            upstreams[idle].phase = .active
            upstreams[idle].client = client
            upstreams[idle].isReused = true
            upstreams[idle].hasAnswered = false
            upstreams[idle].progressMs = loop.nowMs
            clients[client].exchange.upstream = idle
            beginTry(client, idle)
            armFirstOctet(client, idle)
            return .success(idle)
        }
        return connect(endpoint: endpoint, client: client)
    }

    private mutating func connect(endpoint: Int, client: Int) -> Result<Int, Failure> {
        let isFull = endpoints[endpoint].openCount >= limits.upstreamsPerEndpointMax
        if isFull || upstreams.isFull { return .failure(.endpointBusy) }
        guard let address = endpoints[endpoint].nextAddress() else { return .failure(.noEndpoint) }
        if isForbidden(address) { return .failure(.connectForbidden) }
        do throws(SystemError) {
            var isPending = false
            let socket = try Socket.connecting(to: address, isPending: &isPending)
            let upstream = upstreams.insert(
                Upstream(
                    socket: socket, endpoint: endpoint, client: client, isPending: isPending,
                    nowMs: loop.nowMs))
            endpoints[endpoint].openCount += 1
            clients[client].exchange.upstream = upstream
            try loop.register(upstreams[upstream].stream.socket, token: token(ofUpstream: upstream))
            counters.add(.upstreamsMade)
            beginTry(client, upstream)
            if isPending {
                armUpstream(upstream, atMs: loop.nowMs + timeouts.connectMs)
            } else {
                armFirstOctet(client, upstream)
            }
            return .success(upstream)
        } catch {
            let upstream = clients[client].exchange.upstream
            if upstream >= 0 {
                clients[client].exchange.upstream = -1
                discardUpstream(upstream)
            }
            return .failure(error.isExhaustion ? .endpointBusy : .connectFailed)
        }
    }

    /// Addresses that no endpoint may lead to, whatever its name resolved to: the machine's own
    /// metadata services, and the listeners that the operator named.
    func isForbidden(_ address: SocketAddress) -> Bool {
        if address.isLinkLocal { return true }
        for each in forbidden where each.port == address.port {
            if each == address { return true }
            // A listener on every address is reached by each of this machine's, and "any" as a
            // destination is this machine.
            if each.isUnspecified || address.isUnspecified { return true }
        }
        return false
    }

    /// The time for the first octet of an answer runs; while it is only moved later this costs
    /// a store.
    func firstOctetMs(_ client: Int) -> Int64 {
        let ofRoute = clients[client].exchange.firstOctetMs
        return ofRoute > 0 ? ofRoute : timeouts.firstOctetMs
    }

    private mutating func armFirstOctet(_ client: Int, _ upstream: Int) {
        armUpstream(upstream, atMs: loop.nowMs + firstOctetMs(client))
    }

    /// Arms an endpoint connection's timer, for the end of its try if that comes first.
    private mutating func armUpstream(_ upstream: Int, atMs: Int64) {
        loop.timers.arm(
            timer(ofUpstream: upstream), atMs: min(atMs, upstreams[upstream].tryEndsMs))
    }

    /// Something happened to a connection to an endpoint.
    mutating func upstreamReady(_ upstream: Int, _ readiness: Readiness) {
        switch upstreams[upstream].phase {
        case .idle:
            // An answer that nobody asked for, or the end: either way of no more use. Room to
            // write, which a new connection reports once, is no news.
            if readiness.isReadable || readiness.isPeerEnded || readiness.isFailed {
                unlinkIdle(upstream)
                discardUpstream(upstream)
            }
        case .connecting:
            connectionMade(upstream, readiness)
        case .mirroring:
            upstreams[upstream].stream.note(readiness)
            if readiness.isFailed { return endCopy(upstream, isLost: true) }
            pumpCopy(upstream)
        case .active:
            let wasBlocked = upstreams[upstream].stream.isBlocked
            upstreams[upstream].stream.note(readiness)
            let generation = upstreams.generation(of: upstream)
            let client = upstreams[upstream].client
            if case .tunnel = clients[client].phase {
                if readiness.isFailed {
                    return closeClient(client, isHard: true, because: .responseCut)
                }
                return pumpTunnel(client)
            }
            if wasBlocked && !upstreams[upstream].stream.isBlocked { pumpRequest(client) }
            if upstreams.contains(upstream, generation: generation),
                upstreams[upstream].client == client,
                upstreams[upstream].stream.mayRead
            {
                pumpResponse(client)
            }
        }
    }

    /// Goes on with an exchange that gave way to others.
    mutating func resumeUpstream(_ upstream: Int) {
        switch upstreams[upstream].phase {
        case .active: pumpResponse(upstreams[upstream].client)
        case .mirroring: pumpCopy(upstream)
        case .connecting, .idle: break
        }
    }

    private mutating func connectionMade(_ upstream: Int, _ readiness: Readiness) {
        let client = upstreams[upstream].client
        if readiness.isFailed || upstreams[upstream].stream.socket.pendingError != 0 {
            connectionNotMade(upstream, .connectFailed)
            return
        }
        if !readiness.isWritable { return }
        upstreams[upstream].stream.note(readiness)
        upstreams[upstream].phase = .active
        upstreams[upstream].progressMs = loop.nowMs
        armFirstOctet(client, upstream)
        pumpRequest(client)
    }

    private mutating func connectionNotMade(_ upstream: Int, _ failure: Failure) {
        let client = upstreams[upstream].client
        let endpoint = upstreams[upstream].endpoint
        clients[client].exchange.upstream = -1
        // The endpoint is judged first: closing its last connection may forget it.
        discardUpstream(upstream, keepsEndpoint: true)
        connectFailed(client, endpoint: endpoint, failure)
        forgetIfUnused(endpoint)
    }

    /// Closes a connection to an endpoint; the caller has detached it from its client.
    mutating func discardUpstream(_ upstream: Int, keepsEndpoint: Bool = false) {
        loop.timers.disarm(timer(ofUpstream: upstream))
        loop.buffers.detach(&upstreams[upstream].stream.input)
        loop.buffers.detach(&upstreams[upstream].stream.output)
        let endpoint = upstreams[upstream].endpoint
        if upstreams[upstream].copy >= 0 { _ = copies.remove(upstreams[upstream].copy) }
        _ = upstreams.remove(upstream)
        endpoints[endpoint].openCount -= 1
        if !keepsEndpoint { forgetIfUnused(endpoint) }
    }

    /// An exchange is over: its connection waits for the next one, if it can.
    mutating func releaseUpstream(_ upstream: Int, keep: Bool) {
        let endpoint = upstreams[upstream].endpoint
        let isKept =
            keep && !upstreams[upstream].isLast && stopAtMs == .max
            && endpoints[endpoint].tableCount > 0
            && endpoints[endpoint].idleCount < limits.idlePerEndpointMax
            && !upstreams[upstream].stream.peerEnded && isSilent(upstream)
        if !isKept { return discardUpstream(upstream) }
        loop.buffers.detach(&upstreams[upstream].stream.input)
        loop.buffers.detach(&upstreams[upstream].stream.output)
        upstreams[upstream].phase = .idle
        upstreams[upstream].tryEndsMs = .max
        upstreams[upstream].client = -1
        upstreams[upstream].progressMs = loop.nowMs
        upstreams[upstream].previousIdle = -1
        let next = endpoints[endpoint].firstIdle
        upstreams[upstream].nextIdle = next
        if next >= 0 { upstreams[next].previousIdle = upstream }
        endpoints[endpoint].firstIdle = upstream
        endpoints[endpoint].idleCount += 1
        counters.add(.upstreamsIdle)
        let timer = timer(ofUpstream: upstream)
        loop.timers.arm(timer, atMs: loop.nowMs + timeouts.upstreamIdleMs)
    }

    /// Whether nothing came behind a complete response: what did would be taken for the answer to
    /// the next request. A read that filled its buffer exactly leaves that open, and the kernel's
    /// edge is spent, so it is read once more.
    private mutating func isSilent(_ upstream: Int) -> Bool {
        if !upstreams[upstream].stream.input.isEmpty { return false }
        if !upstreams[upstream].stream.mayRead { return true }
        loop.buffers.attachSmall(&upstreams[upstream].stream.input)
        return upstreams[upstream].stream.fill() == 0 && !upstreams[upstream].stream.hasEnded
            && upstreams[upstream].stream.failure == 0
    }

    /// Takes a connection out of its endpoint's idle ones.
    mutating func unlinkIdle(_ upstream: Int) {
        let endpoint = upstreams[upstream].endpoint
        let (before, after) = (upstreams[upstream].previousIdle, upstreams[upstream].nextIdle)
        if before >= 0 {
            upstreams[before].nextIdle = after
        } else {
            endpoints[endpoint].firstIdle = after
        }
        if after >= 0 { upstreams[after].previousIdle = before }
        upstreams[upstream].nextIdle = -1
        upstreams[upstream].previousIdle = -1
        endpoints[endpoint].idleCount -= 1
        counters.add(.upstreamsIdle, -1)
    }

    /// An endpoint answered.
    mutating func endpointSucceeded(_ endpoint: Int) {
        if endpoints[endpoint].isSuspect { counters.add(.endpointsAside, -1) }
        endpoints[endpoint].succeeded()
    }

    /// An endpoint could not be reached, or gave nothing that is an answer.
    mutating func endpointFailed(_ endpoint: Int) {
        let wasSuspect = endpoints[endpoint].isSuspect
        endpoints[endpoint].failed(nowMs: loop.nowMs, limits: limits, timeouts: timeouts)
        if !wasSuspect && endpoints[endpoint].isSuspect { counters.add(.endpointsAside) }
    }

    /// An endpoint's time is up for something, or its timer was only early.
    mutating func upstreamTimeUp(_ upstream: Int) {
        let now = loop.nowMs
        let since = upstreams[upstream].progressMs
        let timer = timer(ofUpstream: upstream)
        if now >= upstreams[upstream].tryEndsMs, upstreams[upstream].client >= 0 {
            return tryTimeUp(upstream)
        }
        switch upstreams[upstream].phase {
        case .idle:
            if now - since >= timeouts.upstreamIdleMs {
                unlinkIdle(upstream)
                return discardUpstream(upstream)
            }
            loop.timers.arm(timer, atMs: since + timeouts.upstreamIdleMs)
        case .connecting:
            if now - since >= timeouts.connectMs {
                return connectionNotMade(upstream, .connectTimeout)
            }
            armUpstream(upstream, atMs: since + timeouts.connectMs)
        case .mirroring:
            endCopy(upstream, isLost: true)
        case .active:
            let client = upstreams[upstream].client
            let hasResponse = clients[client].exchange.hasResponse
            let limit = hasResponse ? timeouts.silenceMs : firstOctetMs(client)
            // Silence is the endpoint's fault only while it is what we wait for.
            let waitsForClient =
                clients[client].stream.isBlocked
                || (!clients[client].exchange.isRequestDone
                    && !clients[client].exchange.isAwaitingContinue
                    && !upstreams[upstream].stream.isBlocked)
            if waitsForClient {
                armUpstream(upstream, atMs: now + limit)
            } else if now - since >= limit {
                endpointSilent(client, upstream)
            } else {
                armUpstream(upstream, atMs: since + limit)
            }
        }
    }

    private mutating func endpointSilent(_ client: Int, _ upstream: Int) {
        // An endpoint that still waits for a body is not to blame: the client may hold it back.
        let endpoint = upstreams[upstream].endpoint
        if clients[client].exchange.isRequestWhole { endpointFailed(endpoint) }
        if clients[client].exchange.hasResponse { return fail(client, .endpointTimeout) }
        markTried(client, endpoint)
        failOrRetry(client, .endpointTimeout, wasSent: true)
    }
}
