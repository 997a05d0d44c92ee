internal import CLinux

/// A pipe through which octets go from one socket to another without being copied (splice(2)).
package struct Pipe: ~Copyable, Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    /// Octets that are in it.
    package private(set) var count = 0

    /// An empty pipe.
    ///
    /// - Throws: `SystemError` when no descriptor is left.
    package init() throws(SystemError) {
        var (reading, writing): (Int32, Int32) = (-1, -1)
        // SAFETY: both pointers are valid for the length of the call.
        let code = unsafe clinux_pipe(&reading, &writing)
        readEnd = reading
        writeEnd = writing
        if code < 0 { throw SystemError(.pipe, code: -code) }
    }

    deinit {
        _ = close(readEnd)
        _ = close(writeEnd)
    }

    /// Moves octets from a socket into the pipe, which must be empty: else what is blocked could
    /// not be told.
    ///
    /// - Parameter most: how many at most, 1 or more.
    package mutating func fill(from socket: borrowing Socket, atMost most: Int) -> Transfer {
        precondition(count == 0 && most > 0, "the pipe is not empty, or nothing is wanted")
        let moved = clinux_splice(socket.descriptor, writeEnd, most)
        if moved > 0 {
            count = Int(moved)
            return .moved(Int(moved))
        }
        return moved == 0 ? .ended : Socket.failure(moved)
    }

    /// Moves octets from the pipe to a socket.
    package mutating func drain(to socket: borrowing Socket) -> Transfer {
        if count == 0 { return .moved(0) }
        let moved = clinux_splice(readEnd, socket.descriptor, count)
        if moved < 0 { return Socket.failure(moved) }
        count &-= min(count, Int(moved))
        return .moved(Int(moved))
    }
}
