internal import CLinux

/// Hands listening sockets from one process to another over a Unix-domain connection
/// (SCM_RIGHTS, unix(7)). A socket that two processes hold goes on listening when one of them
/// closes it, and its queue stays: so no connection is refused while a program is replaced.
///
/// Everything here blocks, each step for a bounded time; never on a loop's thread.
package enum ListenerPassing {
    /// Descriptors of one message, at most.
    private static let batchMax = Int(CLINUX_PASSED_MAX)

    /// Listeners of one hand-over, at most: 256 loops on 16 addresses.
    package static let listenersMax = 4096

    /// How long the peer may take for each step, milliseconds.
    private static let stepMs: Int32 = 10_000

    /// Sends listeners. They stay open here.
    ///
    /// - Throws: `SystemError` when the peer does not take them.
    package static func pass(
        _ listeners: borrowing UniqueArray<Listener>, over connection: borrowing Socket
    ) throws(SystemError) {
        var index = 0
        while index < listeners.count {
            var batch: [Int32] = []
            while index < listeners.count && batch.count < batchMax {
                batch.append(listeners[index].descriptor)
                index += 1
            }
            // SAFETY: the pointer is valid for the length of the call and has `batch.count` values.
            let code = unsafe clinux_pass(connection.descriptor, batch, Int32(batch.count))
            if code < 0 { throw SystemError(.pass, code: -code) }
        }
    }

    /// Receives listeners.
    ///
    /// - Parameter count: how many were announced, 1...`listenersMax`.
    /// - Throws: `SystemError` when fewer come, or something else than listening sockets.
    package static func take(
        _ count: Int, over connection: borrowing Socket
    ) throws(SystemError) -> UniqueArray<Listener> {
        var taken = UniqueArray<Listener>(reserving: count)
        var batch = [Int32](repeating: -1, count: batchMax)
        while taken.count < count {
            if !waitReadable(connection) { throw SystemError(.pass, code: timedOut) }
            // SAFETY: the pointer is valid for the length of the call and has room for `batchMax`.
            let got = unsafe clinux_take(connection.descriptor, &batch, Int32(batchMax))
            if got <= 0 { throw SystemError(.pass, code: got == 0 ? reset : -got) }
            for descriptor in batch[0..<Int(got)] {
                let listener = Listener(descriptor: descriptor)
                if clinux_is_listening(descriptor) == 0 || taken.count == count {
                    throw SystemError(.pass, code: malformed)
                }
                taken.append(listener)
            }
        }
        return taken
    }

    /// Sends a short line.
    ///
    /// - Throws: `SystemError` when the peer is gone.
    package static func say(_ line: String, over connection: borrowing Socket) throws(SystemError) {
        var buffer = Buffer(capacity: lineOctetsMax + 1)
        let octets = Array(line.utf8)
        buffer.append(octets.span)
        buffer.append(0x0A)
        // A line of so few octets fits any socket's buffer, so it goes whole or not at all.
        if case .failed(let code) = connection.send(&buffer) {
            throw SystemError(.pass, code: code)
        }
        if !buffer.isEmpty { throw SystemError(.pass, code: timedOut) }
    }

    /// Receives a line, waiting for it.
    ///
    /// - Parameter atMostMs: how long; the usual time of a step unless said otherwise.
    /// - Returns: the line; nil when the peer ended, sent no line, or took too long.
    package static func hear(
        over connection: borrowing Socket, atMostMs: Int32 = stepMs
    ) -> String? {
        var octets: [UInt8] = []
        while octets.count <= lineOctetsMax {
            if !waitReadable(connection, atMostMs: atMostMs) { return nil }
            // One octet at a time: what follows may be a message with descriptors.
            var one = Buffer(capacity: 1)
            switch connection.receive(into: &one) {
            case .moved where one.count == 1:
                let octet = one.span[0]
                if octet == 0x0A { return String(decoding: octets, as: UTF8.self) }
                octets.append(octet)
            case .blocked: continue
            case .moved, .ended, .failed: return nil
            }
        }
        return nil
    }

    private static let lineOctetsMax = 128
    private static let timedOut: Int32 = 110  // ETIMEDOUT
    private static let reset: Int32 = 104  // ECONNRESET
    private static let malformed: Int32 = 71  // EPROTO

    private static func waitReadable(
        _ connection: borrowing Socket, atMostMs: Int32 = stepMs
    ) -> Bool {
        clinux_wait_readable(connection.descriptor, atMostMs) == 1
    }
}
