internal import HTTP1
internal import Reactor

/// Copies of requests for mirrors. The request goes first and is never waited with: its copy is
/// made once all of it has gone on, from the octets that are still at hand, and what finds no room,
/// no connection or no time is lost and counted.
extension Worker {
    /// Copies on their way in one loop at one time; more are lost.
    static let copiesMax = 512

    /// How long a copy may take, its answer included, milliseconds.
    private static let copyMs: Int64 = 10_000

    /// Octets of a turn's reading of answers that nobody gets.
    private static let copyReadsMax = 8

    /// Sends the copies of a request that went on whole.
    mutating func mirrorRequest(_ client: Int) {
        clients[client].exchange.hasMirrors = false
        let table = clients[client].exchange.table
        let program = clients[client].exchange.program
        if table < 0 || program < 0 { return }
        for mirror in tables[table].filters.programs[program].mirrors {
            let turn = tables[table].filters.mirrors[mirror].turn.next()
            if turn >= tables[table].filters.mirrors[mirror].numerator { continue }
            // A body larger than the buffers took the head's place.
            if clients[client].exchange.headOctets == 0 || !sendCopy(client, mirror) {
                counters.add(.copiesLost)
            }
        }
    }

    /// - Returns: whether it is on its way.
    private mutating func sendCopy(_ client: Int, _ mirror: Int) -> Bool {
        let table = clients[client].exchange.table
        let group = tables[table].filters.mirrors[mirror].group
        let member = group < 0 ? -1 : tables[table].nextMember(group: group)
        if member < 0 || copies.isFull { return false }
        let endpoint = tables[table].members[member].endpoint
        // One that is set aside is not troubled by copies.
        if endpoints[endpoint].isAside(nowMs: loop.nowMs) { return false }
        let upstream = takeCopyUpstream(endpoint)
        if upstream < 0 { return false }
        let copy = MirroredRequest(
            method: clients[client].exchange.method, endsMs: loop.nowMs + Self.copyMs)
        upstreams[upstream].copy = copies.insert(copy)
        let program = tables[table].filters.mirrors[mirror].program
        if !writeCopy(client, upstream, program) {
            discardUpstream(upstream)
            return false
        }
        loop.timers.arm(timer(ofUpstream: upstream), atMs: loop.nowMs + Self.copyMs)
        pumpCopy(upstream)
        return true
    }

    /// An idle connection for a copy, or a new one; -1 when there is none to be had.
    private mutating func takeCopyUpstream(_ endpoint: Int) -> Int {
        let idle = endpoints[endpoint].firstIdle
        if idle >= 0 {
            unlinkIdle(idle)
            upstreams[idle].phase = .mirroring
            return idle
        }
        let isFull = endpoints[endpoint].openCount >= limits.upstreamsPerEndpointMax
        if isFull || upstreams.isFull { return -1 }
        guard let address = endpoints[endpoint].nextAddress(), !isForbidden(address) else {
            return -1
        }
        do throws(SystemError) {
            var isPending = false
            let socket = try Socket.connecting(to: address, isPending: &isPending)
            let upstream = upstreams.insert(
                Upstream(
                    socket: socket, endpoint: endpoint, client: -1, isPending: isPending,
                    nowMs: loop.nowMs))
            endpoints[endpoint].openCount += 1
            upstreams[upstream].phase = .mirroring
            // Until the connection stands nothing is written; an event says when.
            upstreams[upstream].stream.isBlocked = isPending
            do throws(SystemError) {
                try loop.register(
                    upstreams[upstream].stream.socket, token: token(ofUpstream: upstream))
            } catch {
                discardUpstream(upstream)
                return -1
            }
            counters.add(.upstreamsMade)
            return upstream
        } catch {
            return -1
        }
    }

    /// Writes a copy, head and body, into the connection's output.
    ///
    /// - Returns: whether there was room.
    private mutating func writeCopy(_ client: Int, _ upstream: Int, _ program: Int) -> Bool {
        requestParser.reset()
        do throws(MessageError) {
            _ = try requestParser.parse(clients[client].stream.input, into: &requestHead)
        } catch { return false }
        do throws(PathFault) {
            try canonicalPath.read(requestHead.path, in: clients[client].stream.input)
        } catch { return false }
        if !applyRequestFilters(client, program) { return false }
        loop.buffers.attachSmall(&upstreams[upstream].stream.output)
        loop.buffers.grow(&upstreams[upstream].stream.output)
        requestForwarding.peerIsTrusted = clients[client].isTrusted
        requestForwarding.traceSeed = random.traceSeed()
        requestForwarding.forwardsUpgrade = false
        defer { requestForwarding.forwardsUpgrade = true }
        let table = clients[client].exchange.table
        let endpoint = upstreams[upstream].endpoint
        guard
            upstreams[upstream].stream.output.writeRequest(
                &requestHead, from: clients[client], path: canonicalPath,
                endpoint: endpoints[endpoint], tables[table].filters, program, requestForwarding)
        else { return false }
        return clients[client].copyBody(
            requestHead.framing, into: &upstreams[upstream].stream.output)
    }

    /// Moves a copy on to its endpoint, and throws away what it answers.
    mutating func pumpCopy(_ upstream: Int) {
        if !upstreams[upstream].stream.flush() {
            if upstreams[upstream].stream.failure != 0 { endCopy(upstream, isLost: true) }
            return
        }
        loop.buffers.detach(&upstreams[upstream].stream.output)
        var budget = Self.copyReadsMax
        while budget > 0 {
            budget -= 1
            if isCopyAnswered(upstream) { return endCopy(upstream, isLost: false) }
            loop.buffers.attachSmall(&upstreams[upstream].stream.input)
            if upstreams[upstream].stream.input.room == 0 {
                upstreams[upstream].stream.input.compact()
                if upstreams[upstream].stream.input.room == 0 {
                    loop.buffers.grow(&upstreams[upstream].stream.input)
                }
                // A head that fits no buffer.
                if upstreams[upstream].stream.input.room == 0 {
                    return endCopy(upstream, isLost: true)
                }
            }
            if upstreams[upstream].stream.fill() > 0 { continue }
            if upstreams[upstream].stream.hasEnded || upstreams[upstream].stream.failure != 0 {
                return endCopy(upstream, isLost: !endsWithConnection(upstream))
            }
            loop.buffers.detachIfEmpty(&upstreams[upstream].stream.input)
            return
        }
        loop.defer(token(ofUpstream: upstream))
    }

    private func endsWithConnection(_ upstream: Int) -> Bool {
        let copy = upstreams[upstream].copy
        if case .untilClose = copies[copy].body { return copies[copy].hasHead }
        return false
    }

    /// Reads on in a copy's answer; an answer that is wrong ends it.
    ///
    /// - Returns: whether all of it was read, or none of it is worth more reading.
    private mutating func isCopyAnswered(_ upstream: Int) -> Bool {
        let copy = upstreams[upstream].copy
        do throws(MessageError) {
            while !copies[copy].hasHead {
                if upstreams[upstream].stream.input.isEmpty { return false }
                responseParser.begin(answering: copies[copy].method, upgradeAsked: false)
                let progress = try responseParser.parse(
                    upstreams[upstream].stream.input, into: &responseHead)
                guard case .complete(let octets) = progress else { return false }
                upstreams[upstream].stream.input.consume(octets)
                if responseHead.isInformational { continue }
                copies[copy].begin(responseHead)
            }
            try copies[copy].discard(&upstreams[upstream].stream.input)
        } catch {
            copies[copy].keepsUpstream = false
            return true
        }
        if case .complete = copies[copy].body { return true }
        return false
    }

    /// A copy is over: its connection waits for the next request, if it can.
    mutating func endCopy(_ upstream: Int, isLost: Bool) {
        counters.add(isLost ? .copiesLost : .copiesSent)
        let copy = upstreams[upstream].copy
        let isKept = !isLost && copies[copy].keepsUpstream
        upstreams[upstream].copy = -1
        _ = copies.remove(copy)
        releaseUpstream(upstream, keep: isKept)
    }
}

extension MirroredRequest {
    /// Takes the answer's head.
    mutating func begin(_ head: borrowing ResponseHead) {
        hasHead = true
        keepsUpstream = head.keepAlive && head.framing != .untilClose
        switch head.framing {
        case .none: body = .complete
        case .length(let octets): body = octets == 0 ? .complete : .length(octets)
        case .chunked: body = .chunked
        case .untilClose: body = .untilClose
        }
    }
}

extension Client {
    /// Writes the body of a request that went on whole and still lies in the input.
    ///
    /// - Returns: whether there was room.
    mutating func copyBody(_ framing: BodyFraming, into output: inout Buffer) -> Bool {
        switch framing {
        case .none, .untilClose: return true
        case .length(let octets):
            let count = Int(octets)
            guard output.room >= count, stream.input.count >= exchange.headOctets + count else {
                return false
            }
            output.append(from: stream.input, at: exchange.headOctets, count: count)
            return true
        case .chunked:
            // The decoder reads it once more; what the exchange knew comes back behind it.
            let kept = exchange
            defer { exchange = kept }
            exchange.beginRequestBody(framing)
            do throws(MessageError) {
                try stageRequestChunks(into: &output, bodyOctetsMax: nil)
            } catch { return false }
            return exchange.isRequestWhole
        }
    }
}
