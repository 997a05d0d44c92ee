internal import HTTP1
internal import Reactor

/// Large bodies of a known length go from socket to socket through a pipe, without being copied:
/// half the processor time of reading and writing them.
extension Worker {
    /// Octets of a body that are left from which on a pipe pays.
    private static let splicedMin: Int64 = 256 * 1024

    /// Octets of one step for each transfer that a connection has in a turn: 512 KiB where few are
    /// ready, 64 KiB where hundreds are.
    private static let splicedPerTransfer: Int64 = 32 * 1024

    /// Pipes that a loop may have in use; each takes two descriptors, and holds up to 512 KiB of
    /// the kernel's memory while its client does not read.
    static let pipesMax = 256

    /// Pipes kept for the next large body.
    private static let pipesKeptMax = 16

    /// Whether what comes next of a response goes through a pipe: nothing of it lies in a buffer.
    /// Takes one where there is none yet.
    mutating func splices(_ client: Int, _ upstream: Int) -> Bool {
        guard case .length(let remaining) = clients[client].exchange.response,
            upstreams[upstream].stream.input.isEmpty
        else { return false }
        if clients[client].exchange.pipe >= 0 { return true }
        if remaining < Self.splicedMin || pipes.isFull { return false }
        if let kept = keptPipes.popLast() {
            clients[client].exchange.pipe = pipes.insert(kept)
            return true
        }
        do throws(SystemError) {
            clients[client].exchange.pipe = pipes.insert(try Pipe())
            return true
        } catch {
            // No descriptor is left: the body is copied.
            return false
        }
    }

    /// Moves some of a response from the endpoint to the client. The caller looks at what became
    /// of the two streams.
    ///
    /// - Returns: false when the endpoint is waited for, or its connection ended.
    mutating func spliceResponse(_ client: Int, _ upstream: Int) -> Bool {
        guard case .length(let remaining) = clients[client].exchange.response else { return false }
        let pipe = clients[client].exchange.pipe
        loop.buffers.detachIfEmpty(&upstreams[upstream].stream.input)
        loop.buffers.detachIfEmpty(&clients[client].stream.output)
        if pipes[pipe].count == 0 {
            let most = min(remaining, Self.splicedPerTransfer * Int64(transfersPerTurn))
            let octets = upstreams[upstream].stream.fill(&pipes[pipe], atMost: Int(most))
            if octets == 0 { return false }
            upstreams[upstream].progressMs = loop.nowMs
        }
        let moved = clients[client].stream.flush(&pipes[pipe])
        countResponse(client, moved)
        let left = remaining - Int64(moved)
        clients[client].exchange.response = left == 0 ? .complete : .length(left)
        if left == 0 { releasePipe(of: client) }
        return true
    }

    /// Gives an exchange's pipe back; with octets in it, it is of no more use.
    mutating func releasePipe(of client: Int) {
        let place = clients[client].exchange.pipe
        if place < 0 { return }
        clients[client].exchange.pipe = -1
        let pipe = pipes.remove(place)
        if pipe.count == 0 && keptPipes.count < Self.pipesKeptMax { keptPipes.append(pipe) }
    }
}

extension Stream {
    /// Moves what came into an empty pipe.
    ///
    /// - Returns: octets moved; 0 when nothing can be read now (`hasEnded` and `failure` say
    ///   whether anything ever will).
    fileprivate mutating func fill(_ pipe: inout Pipe, atMost most: Int) -> Int {
        if !mayRead || hasEnded || failure != 0 { return 0 }
        switch pipe.fill(from: socket, atMost: most) {
        case .moved(let octets): return octets
        case .blocked: mayRead = false
        case .ended:
            mayRead = false
            hasEnded = true
        case .failed(let code):
            mayRead = false
            failure = code
        }
        return 0
    }

    /// Moves what a pipe holds to the peer.
    ///
    /// - Returns: octets moved.
    fileprivate mutating func flush(_ pipe: inout Pipe) -> Int {
        if isBlocked || failure != 0 { return 0 }
        switch pipe.drain(to: socket) {
        case .moved(let octets):
            if pipe.count > 0 { isBlocked = true }
            return octets
        case .failed(let code): failure = code
        case .blocked, .ended: isBlocked = true
        }
        return 0
    }
}
