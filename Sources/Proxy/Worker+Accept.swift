internal import HTTP1
internal import Reactor

extension Worker {
    /// Accepts what waits, a bounded number a turn, as long as there is room.
    mutating func accept() {
        var budget = Self.acceptsPerTurn
        for index in 0..<listeners.count where mayAccept >> UInt64(index) & 1 == 1 {
            while budget > 0 {
                // The rest waits in the kernel's queue until a client leaves.
                if clients.isFull { return }
                if limiter.isFull { return pauseAccepting() }
                budget -= 1
                if !acceptOne(from: index) { break }
            }
            if isAcceptPaused { return }
        }
        // What is left is taken in the next turn, which must not wait for an event.
        if mayAccept != 0 && budget == 0 {
            loop.defer(Token(kind: Kind.listener, index: 0, generation: 0))
        }
    }

    /// - Returns: whether another connection may wait.
    private mutating func acceptOne(from index: Int) -> Bool {
        guard var peer = SocketAddress(numeric: "0.0.0.0", port: 0) else { return false }
        do {
            guard let socket = try listeners[index].accept(peer: &peer) else {
                mayAccept &= ~(1 << UInt64(index))
                return false
            }
            add(socket, peer: peer, listener: index)
            return true
        } catch  where error.isExhaustion {
            // Descriptors or memory ran out: others may give some back meanwhile.
            counters.add(.acceptPauses)
            pauseAccepting()
            return false
        } catch {
            // That one connection failed before it was accepted; the next may be well.
            return true
        }
    }

    private mutating func pauseAccepting() {
        isAcceptPaused = true
        loop.timers.arm(acceptTimer, atMs: loop.nowMs + Self.acceptPauseMs)
    }

    private mutating func add(
        _ socket: consuming Socket, peer: SocketAddress, listener: Int
    ) {
        let network = peer.networkKey
        let verdict = limiter.admit(network)
        // Another loop took the last place meanwhile. That client sees its connection end before
        // anything of it was read, which it may try again.
        if verdict == .processFull { return pauseAccepting() }
        let client = clients.insert(
            Client(
                socket: socket, peer: peer, listenerPort: listenerPorts[listener],
                nowMs: loop.nowMs))
        counters.add(.clientsAccepted)
        do {
            try loop.register(clients[client].stream.socket, token: token(ofClient: client))
        } catch {
            // The kernel's bound on watched descriptors: as with exhausted descriptors.
            _ = clients.remove(client)
            if verdict == .admitted { limiter.leave(network) }
            counters.add(.acceptPauses)
            return pauseAccepting()
        }
        loop.timers.arm(client, atMs: loop.nowMs + timeouts.headMs)
        if verdict == .addressFull { return turnAway(client) }
        clients[client].isCounted = true
        let needsHeader = proxyHeaderListeners >> UInt64(listener) & 1 == 1
        if needsHeader { clients[client].phase = .preamble } else { trust(client, peer) }
    }

    /// Tells a client that its address has too many connections, and ends this one.
    private mutating func turnAway(_ client: Int) {
        counters.add(.clientsTurnedAway)
        refuse(client, .tooManyConnections)
    }

    private mutating func trust(_ client: Int, _ peer: SocketAddress) {
        for network in trusted where network.contains(peer) { clients[client].isTrusted = true }
    }

    /// Reads the PROXY protocol header that has to come first. May close the client.
    mutating func readPreamble(_ client: Int) {
        loop.buffers.attachSmall(&clients[client].stream.input)
        while clients[client].stream.fill() > 0 {
            do throws(ProxyHeader.Fault) {
                let progress = try clients[client].stream.input.proxyHeader()
                guard case .complete(let octets, let source) = progress else { continue }
                if !learnSource(client, source) { throw ProxyHeader.Fault(offset: 0) }
                clients[client].stream.input.consume(octets)
                clients[client].phase = .idle
                // What follows may be there already, and no event will tell.
                return readHead(client)
            } catch {
                counters.add(.badProxyHeaders)
                return closeClient(client)
            }
        }
        if clients[client].stream.failure != 0 || clients[client].stream.hasEnded {
            closeClient(client)
        }
    }

    /// Takes the address in a PROXY protocol header for the client's.
    ///
    /// - Returns: false when the header names what is no address.
    private mutating func learnSource(_ client: Int, _ source: ProxyHeader.Source) -> Bool {
        if source == .unknown { return true }
        guard let peer = clients[client].stream.input.address(of: source) else { return false }
        clients[client].setAddress(peer)
        trust(client, peer)
        return true
    }
}

extension Buffer {
    fileprivate func proxyHeader() throws(ProxyHeader.Fault) -> ProxyHeader.Progress {
        try ProxyHeader.parse(span)
    }

    /// The address that a PROXY protocol header names; nil when it names none.
    fileprivate func address(of source: ProxyHeader.Source) -> SocketAddress? {
        let octets = span
        switch source {
        case .unknown: return nil
        case .text(let source, let destination, let port, let isIPv6):
            // As written for its family: an IPv4 address in IPv6's clothes is what the header's
            // word for the family says, so the text decides.
            let texts = [source, destination].map { range in
                String(decoding: range.map { octets[$0] }, as: UTF8.self)
            }
            guard texts.allSatisfy({ $0.contains(":") == isIPv6 && !$0.contains("[") }),
                SocketAddress(numeric: texts[1], port: 0) != nil
            else { return nil }
            return SocketAddress(numeric: texts[0], port: port)
        case .octets(let range, let port):
            return SocketAddress(octets: octets.extracting(range), port: port)
        }
    }
}
