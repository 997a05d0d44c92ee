internal import Reactor

extension Worker {
    /// Accepts what waits, a bounded number a turn, as long as there is room.
    mutating func accept() {
        var budget = Self.acceptsPerTurn
        for index in 0..<listeners.count where mayAccept >> UInt64(index) & 1 == 1 {
            while budget > 0 {
                // The rest waits in the kernel's queue until a client leaves.
                if clients.isFull { return }
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
            add(socket, peer: peer)
            return true
        } catch  where error.isExhaustion {
            // Descriptors or memory ran out: others may give some back meanwhile.
            isAcceptPaused = true
            loop.timers.arm(acceptTimer, atMs: loop.nowMs + Self.acceptPauseMs)
            return false
        } catch {
            // That one connection failed before it was accepted; the next may be well.
            return true
        }
    }

    private mutating func add(_ socket: consuming Socket, peer: SocketAddress) {
        let client = clients.insert(Client(socket: socket, peer: peer, nowMs: loop.nowMs))
        counters.clientsAccepted &+= 1
        do {
            try loop.register(clients[client].stream.socket, token: token(ofClient: client))
        } catch {
            // The kernel's bound on watched descriptors: as with exhausted descriptors.
            _ = clients.remove(client)
            isAcceptPaused = true
            loop.timers.arm(acceptTimer, atMs: loop.nowMs + Self.acceptPauseMs)
            return
        }
        loop.timers.arm(client, atMs: loop.nowMs + timeouts.headMs)
    }
}
