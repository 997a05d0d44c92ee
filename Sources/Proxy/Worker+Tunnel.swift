internal import HTTP1
internal import Reactor

/// Tunnels: connections on which the endpoint changed to another protocol with 101 (RFC 9110 §7.8),
/// WebSocket's above all. Octets pass both ways as they come, under backpressure, until both ends
/// have ended or nothing passed for too long.
///
/// A tunnel outlives the table that opened it and holds nothing of it: the 101 carried its
/// citation, and the line of the access log has it.
extension Worker {
    /// Makes a tunnel of the exchange whose 101 was just written for the client. What the endpoint
    /// sent behind it lies in its input, what the client sent ahead in the client's. May close it.
    mutating func beginTunnel(_ client: Int, _ upstream: Int) {
        clients[client].stream.input.consume(clients[client].exchange.passed)
        clients[client].exchange.passed = 0
        clients[client].exchange.headOctets = 0
        clients[client].exchange.requestOctets = 0
        clients[client].phase = .tunnel
        clients[client].phaseSinceMs = loop.nowMs
        clients[client].pace.end()
        counters.add(.tunnelsMade)
        counters.add(.tunnelsOpen)
        loop.timers.disarm(timer(ofUpstream: upstream))
        loop.timers.arm(client, atMs: loop.nowMs + timeouts.tunnelIdleMs)
        pumpTunnel(client)
    }

    /// Passes on what both sides sent, until something has to be waited for. May close the client.
    mutating func pumpTunnel(_ client: Int) {
        let upstream = clients[client].exchange.upstream
        var budget = transfersPerTurn
        while budget > 0 {
            budget -= 1
            let toClient = passDown(client, upstream)
            let toEndpoint = passUp(client, upstream)
            if clients[client].stream.failure != 0 || upstreams[upstream].stream.failure != 0 {
                return closeClient(client, isHard: true, because: .clientClosed)
            }
            let moved = toClient + toEndpoint
            if moved > 0 {
                clients[client].phaseSinceMs = loop.nowMs
                continue
            }
            endDirections(client, upstream)
            if clients[client].stream.hasEndedWriting
                && upstreams[upstream].stream.hasEndedWriting
            {
                account(client, failure: nil)
                clients[client].phase = .lingering
                return closeClient(client)
            }
            detachTunnelBuffers(client, upstream)
            return
        }
        loop.defer(token(ofClient: client))
    }

    /// Reads from the endpoint if nothing of it waits, and writes to the client.
    ///
    /// - Returns: octets that went to the client, of our 101 too.
    private mutating func passDown(_ client: Int, _ upstream: Int) -> Int {
        if upstreams[upstream].stream.input.isEmpty && upstreams[upstream].stream.mayRead {
            loop.buffers.attachSmall(&upstreams[upstream].stream.input)
            let room = upstreams[upstream].stream.input.room
            if upstreams[upstream].stream.fill() == room {
                loop.buffers.grow(&upstreams[upstream].stream.input)
            }
        }
        let before = clients[client].stream.output.count
        let count = upstreams[upstream].stream.input.count
        if before + count == 0 { return 0 }
        let moved = clients[client].stream.flush(
            then: upstreams[upstream].stream.input, at: 0, count: count)
        upstreams[upstream].stream.input.consume(moved)
        clients[client].exchange.responseOctets += Int64(moved)
        return moved + before - clients[client].stream.output.count
    }

    /// The same the other way.
    private mutating func passUp(_ client: Int, _ upstream: Int) -> Int {
        if clients[client].stream.input.isEmpty && clients[client].stream.mayRead {
            loop.buffers.attachSmall(&clients[client].stream.input)
            let room = clients[client].stream.input.room
            if clients[client].stream.fill() == room {
                loop.buffers.grow(&clients[client].stream.input)
            }
        }
        let count = clients[client].stream.input.count
        if count == 0 { return 0 }
        let moved = upstreams[upstream].stream.flush(
            then: clients[client].stream.input, at: 0, count: count)
        clients[client].stream.input.consume(moved)
        clients[client].exchange.requestOctets += Int64(moved)
        return moved
    }

    /// Passes on that a side has ended, once all that it sent is with the other.
    private mutating func endDirections(_ client: Int, _ upstream: Int) {
        if upstreams[upstream].stream.hasEnded && upstreams[upstream].stream.input.isEmpty
            && clients[client].stream.output.isEmpty
        {
            clients[client].stream.endWriting()
        }
        if clients[client].stream.hasEnded && clients[client].stream.input.isEmpty
            && upstreams[upstream].stream.output.isEmpty
        {
            upstreams[upstream].stream.endWriting()
        }
    }

    /// A tunnel that waits keeps no storage.
    private mutating func detachTunnelBuffers(_ client: Int, _ upstream: Int) {
        loop.buffers.detachIfEmpty(&clients[client].stream.input)
        loop.buffers.detachIfEmpty(&clients[client].stream.output)
        loop.buffers.detachIfEmpty(&upstreams[upstream].stream.input)
        loop.buffers.detachIfEmpty(&upstreams[upstream].stream.output)
    }
}
