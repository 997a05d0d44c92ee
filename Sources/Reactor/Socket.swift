internal import CLinux

/// How far a transfer came.
@usableFromInline package enum Transfer: Equatable, Sendable {
    /// Octets were moved, 0 or more (0 only when nothing was asked for).
    case moved(Int)
    /// Nothing can be moved now; an event will say when.
    case blocked
    /// The peer ended its direction in order.
    case ended
    /// The connection is broken; the errno.
    case failed(Int32)
}

/// A stream socket that never blocks, owned by one value and closed with it.
@usableFromInline package struct Socket: ~Copyable, Sendable {
    @usableFromInline let descriptor: Int32

    @usableFromInline init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        _ = close(descriptor)
    }

    /// Starts to connect; `isPending` says that it is not yet known how that ends, and the first
    /// event on the socket will tell (`pendingError`).
    ///
    /// - Throws: `SystemError` when it failed at once.
    package static func connecting(
        to address: SocketAddress, isPending: inout Bool
    ) throws(SystemError) -> Socket {
        var raw = address.raw
        var pending: Int32 = 0
        // SAFETY: both pointers are valid for the length of the call.
        let descriptor = unsafe clinux_connect(&raw, &pending)
        if descriptor < 0 { throw SystemError(.connect, code: -descriptor) }
        isPending = pending == 1
        return Socket(descriptor: descriptor)
    }

    /// Lets the kernel take more ahead of a peer that was seen to read: 1 MiB rather than the
    /// 128 KiB of an accepted connection's beginning.
    package borrowing func sendFurtherAhead() {
        clinux_set_unsent(descriptor, Int32(CLINUX_UNSENT_MAX))
    }

    /// The error that waits on the socket, an errno, or 0.
    package var pendingError: Int32 { -clinux_socket_error(descriptor) }

    /// Reads once, as much as there is room for.
    package borrowing func receive(into buffer: inout Buffer) -> Transfer {
        let room = buffer.room
        // SAFETY: `room` octets after `end` lie within the buffer's own storage.
        guard room > 0, let base = unsafe buffer.base else { return .moved(0) }
        let moved = unsafe clinux_recv(descriptor, base + buffer.end, room)
        if moved > 0 {
            buffer.end &+= Int(moved)
            return .moved(Int(moved))
        }
        return moved == 0 ? .ended : Self.failure(moved)
    }

    /// Writes once and drops from the buffer what was taken.
    package borrowing func send(_ buffer: inout Buffer) -> Transfer {
        let waiting = buffer.count
        // SAFETY: start..<end are octets of the buffer's storage that were written.
        guard waiting > 0, let base = unsafe buffer.base else { return .moved(0) }
        let moved = unsafe clinux_send(descriptor, base + buffer.start, waiting)
        if moved < 0 { return Self.failure(moved) }
        buffer.consume(Int(moved))
        return .moved(Int(moved))
    }

    /// Writes once: what waits in `first`, then part of `second`, in one system call.
    ///
    /// - Parameters:
    ///   - first: what was taken of it is dropped from it.
    ///   - second: stays as it is; the caller counts.
    ///   - offset: of the first octet, from `second`'s read end.
    ///   - octets: how many of `second` follow; offset + octets is at most `second.count`.
    /// - Returns: `moved` with the octets taken of `second` alone.
    package borrowing func send(
        _ first: inout Buffer, then second: borrowing Buffer, at offset: Int, count octets: Int
    ) -> Transfer {
        precondition(offset >= 0 && octets >= 0 && offset <= second.count &- octets, "out of range")
        // SAFETY: both ranges were checked to lie within octets that were written.
        guard octets > 0, let body = unsafe second.base else {
            let sent = send(&first)
            if case .moved = sent { return .moved(0) }
            return sent
        }
        let waiting = first.count
        let from = unsafe body + second.start + offset
        let moved: Int64
        // SAFETY: as above, and `waiting` octets of `first` were written.
        if waiting > 0, let base = unsafe first.base {
            moved = unsafe clinux_send_pair(descriptor, base + first.start, waiting, from, octets)
        } else {
            moved = unsafe clinux_send(descriptor, from, octets)
        }
        if moved < 0 { return Self.failure(moved) }
        let ofFirst = min(Int(moved), waiting)
        first.consume(ofFirst)
        return .moved(Int(moved) &- ofFirst)
    }

    @usableFromInline static func failure(_ moved: Int64) -> Transfer {
        // EAGAIN is the one that says "later".
        moved == -11 ? .blocked : .failed(Int32(truncatingIfNeeded: -moved))
    }

    /// Blocks until there is something to read or the time is over; never on a loop.
    package borrowing func waitReadable(atMostMs: Int32) -> Bool {
        clinux_wait_readable(descriptor, atMostMs) == 1
    }

    /// Blocks until there is room to write or the time is over; never on a loop.
    package borrowing func waitWritable(atMostMs: Int32) -> Bool {
        clinux_wait_writable(descriptor, atMostMs) == 1
    }

    /// Ends our direction in order; the peer's stays open.
    package borrowing func endWriting() {
        _ = clinux_shutdown_write(descriptor)
    }

    /// Breaks the connection so that the peer sees a reset: what it got was not whole.
    package consuming func abort() {
        let raw = descriptor
        discard self
        clinux_abort(raw)
    }
}
