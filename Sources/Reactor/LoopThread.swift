internal import CLinux

/// Threads of our own: a loop must not share one with anything that waits.
package enum LoopThread {
    /// Starts a detached thread.
    ///
    /// - Parameters:
    ///   - name: shown by the system's tools, at most 15 octets.
    ///   - body: runs on it; the thread ends when it returns.
    /// - Throws: `SystemError` when the system makes no more threads.
    package static func start(
        name: String, body: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        // SAFETY: the box is kept alive by the retained pointer, which the new thread takes over
        // and releases exactly once; when no thread was made we release it here.
        let box = unsafe Unmanaged.passRetained(Box(body: body))
        let code = unsafe clinux_thread(name, threadMain, box.toOpaque())
        if code < 0 {
            unsafe box.release()
            throw SystemError(.thread, code: -code)
        }
    }

    /// Makes writing to a connection that the peer closed an error instead of the process's end.
    package static func ignoreBrokenPipes() {
        clinux_ignore_sigpipe()
    }

    /// Raises the process's limit of descriptors as far as the system allows.
    ///
    /// - Returns: the limit then.
    package static func raiseDescriptorLimit() -> Int {
        Int(clinux_raise_descriptor_limit())
    }

    fileprivate final class Box: Sendable {
        let body: @Sendable () -> Void

        init(body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // SAFETY: the argument is the box that `start` retained for this thread alone.
    guard let argument = unsafe argument else { return nil }
    let box = unsafe Unmanaged<LoopThread.Box>.fromOpaque(argument).takeRetainedValue()
    box.body()
    return nil
}
