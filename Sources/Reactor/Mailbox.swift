internal import CLinux
internal import Synchronization

/// Messages from other threads to one loop.
///
/// The lock is taken when something is posted and when the loop was woken for it: a few times a
/// minute, never for a request. What the messages are is the owner's closed enum.
package final class Mailbox<Message: Sendable>: Sendable {
    private let waiting = Mutex<[Message]>([])
    private let wakeup: Wakeup

    /// An empty mailbox.
    ///
    /// - Throws: `SystemError` when no descriptor is left.
    package init() throws(SystemError) {
        wakeup = try Wakeup()
    }

    /// Leaves a message and wakes the loop. From any thread; never blocks for long.
    package func post(_ message: sending Message) {
        waiting.withLock { $0.append(message) }
        wakeup.signal()
    }

    /// Takes everything that waits, in the order in which it was posted.
    package func takeAll() -> [Message] {
        wakeup.drain()
        return waiting.withLock { messages in
            let taken = messages
            messages.removeAll(keepingCapacity: true)
            return taken
        }
    }

    /// Makes the loop's events name this mailbox by `token`.
    package func register(in loop: borrowing EventLoop, token: Token) throws(SystemError) {
        try loop.register(descriptor: wakeup.descriptor, token: token)
    }
}

/// A counter in the kernel that one thread raises and another waits for.
package final class Wakeup: Sendable {
    let descriptor: Int32

    /// - Throws: `SystemError` when no descriptor is left.
    package init() throws(SystemError) {
        descriptor = clinux_eventfd()
        if descriptor < 0 { throw SystemError(.eventfd, code: -descriptor) }
    }

    deinit {
        _ = close(descriptor)
    }

    /// Wakes whoever waits, now or later.
    package func signal() {
        clinux_eventfd_signal(descriptor)
    }

    /// Forgets the signals so far.
    package func drain() {
        clinux_eventfd_drain(descriptor)
    }

    /// Blocks the calling thread until a signal comes or the time is over; never on a loop.
    ///
    /// - Returns: whether there was a signal; it stays until `drain`.
    package func wait(timeoutMs: Int32) -> Bool {
        clinux_wait_readable(descriptor, timeoutMs) == 1
    }
}
