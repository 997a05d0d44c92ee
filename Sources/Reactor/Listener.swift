internal import CLinux

/// A listening socket of one loop; others listen on the same address beside it.
package struct Listener: ~Copyable, Sendable {
    /// Connections that wait in the kernel, at most; the kernel's own bound may be lower.
    static let backlog: Int32 = 4096

    @usableFromInline let descriptor: Int32

    private init(descriptor: Int32) {
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

    /// Fails when anybody listens on an address already, even one who would share it. Without
    /// this a second gateway started by mistake would take half of the first one's connections.
    package static func probe(_ address: SocketAddress) throws(SystemError) {
        if address.port == 0 { return }
        _ = close(try open(address, shared: false))
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
