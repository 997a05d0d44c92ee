internal import CLinux

/// A listening socket of one loop; others listen on the same address beside it.
package struct Listener: ~Copyable, Sendable {
    /// Connections that wait in the kernel, at most; the kernel's own bound may be lower.
    static let backlog: Int32 = 4096

    @usableFromInline let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        _ = close(descriptor)
    }

    /// Listens on an address that other loops share (SO_REUSEPORT: the kernel spreads
    /// connections over them).
    ///
    /// - Throws: `SystemError`; `isAddressInUse` when somebody who does not share has it.
    package static func sharing(_ address: SocketAddress) throws(SystemError) -> Listener {
        Listener(descriptor: try open(address, shared: true))
    }

    /// Listens on an address that nobody else may have.
    package static func alone(_ address: SocketAddress) throws(SystemError) -> Listener {
        Listener(descriptor: try open(address, shared: false))
    }

    /// Blocks until a connection waits or the time is over; never on a loop.
    package borrowing func waitReadable(atMostMs: Int32) -> Bool {
        clinux_wait_readable(descriptor, atMostMs) == 1
    }

    /// Fails when anybody listens on an address already, even one who would share it. Without
    /// this a second gateway started by mistake would take half of the first one's connections.
    package static func probe(_ address: SocketAddress) throws(SystemError) {
        if address.port == 0 { return }
        _ = close(try open(address, shared: false))
    }

    /// Listens on a Unix-domain path, in place of a socket there that nobody serves any more.
    ///
    /// - Parameter isPrivate: whether nobody but the owner of this process may connect.
    /// - Throws: `SystemError`; `isAddressInUse` when somebody serves the path.
    package static func local(
        _ address: SocketAddress, isPrivate: Bool
    ) throws(SystemError) -> Listener {
        var raw = address.raw
        // SAFETY: the pointer is valid for the length of each call.
        let cleared = unsafe clinux_unix_clear(&raw)
        if cleared < 0 { throw SystemError(.listen, code: -cleared) }
        let listener = Listener(descriptor: try open(address, shared: false))
        if isPrivate {
            // SAFETY: as above. Before the first connection is accepted: nobody was served yet.
            let code = unsafe clinux_unix_private(&raw)
            if code < 0 { throw SystemError(.listen, code: -code) }
        }
        return listener
    }

    /// Takes the path of a Unix-domain listener away; connections that were made go on.
    package static func removePath(of address: SocketAddress) {
        if address.family != .local { return }
        var raw = address.raw
        // SAFETY: the pointer is valid for the length of the call.
        _ = unsafe clinux_unix_remove(&raw)
    }

    /// The same socket once more, for another loop: both accept from one queue.
    package borrowing func duplicate() throws(SystemError) -> Listener {
        let copy = clinux_duplicate(descriptor)
        if copy < 0 { throw SystemError(.listen, code: -copy) }
        return Listener(descriptor: copy)
    }

    private static func open(
        _ address: SocketAddress, shared: Bool
    ) throws(SystemError) -> Int32 {
        var raw = address.raw
        // SAFETY: the pointer is valid for the length of the call.
        let descriptor = unsafe clinux_listen(&raw, shared ? 1 : 0, backlog)
        if descriptor < 0 { throw SystemError(.listen, code: -descriptor) }
        return descriptor
    }

    /// The address with the port that the kernel chose.
    package var address: SocketAddress {
        var raw = clinux_address()
        // SAFETY: the pointer is valid for the length of the call.
        _ = unsafe clinux_local_address(descriptor, &raw)
        return SocketAddress(raw: raw)
    }

    /// Accepts one connection that waits.
    ///
    /// - Parameter peer: set to the peer's address.
    /// - Returns: nil when none waits.
    /// - Throws: `SystemError`; `isExhaustion` asks for a pause, anything else was that one
    ///   connection's own failure.
    package borrowing func accept(peer: inout SocketAddress) throws(SystemError) -> Socket? {
        // SAFETY: the pointer is valid for the length of the call.
        let descriptor = unsafe clinux_accept(self.descriptor, &peer.raw)
        if descriptor >= 0 { return Socket(descriptor: descriptor) }
        // EAGAIN: nobody waits.
        if descriptor == -11 { return nil }
        throw SystemError(.listen, code: -descriptor)
    }
}
