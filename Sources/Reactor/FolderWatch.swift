internal import CLinux

/// Tells when a file appears in a folder under its final name (inotify(7)): renamed into it, or
/// written and closed.
package final class FolderWatch: Sendable {
    private let descriptor: Int32

    /// - Throws: `SystemError` when no descriptor or watch is left.
    package init() throws(SystemError) {
        descriptor = clinux_inotify()
        if descriptor < 0 { throw SystemError(.watch, code: -descriptor) }
    }

    deinit {
        _ = close(descriptor)
    }

    /// Blocks until something appeared in the folder since the last call, or the time is over;
    /// never on a loop. A folder that is not there yet is looked for anew by each call.
    ///
    /// - Returns: whether something appeared.
    package func wait(in folder: String, atMostMs: Int32) -> Bool {
        // Watching what is watched already changes nothing; a folder that was replaced is another.
        // SAFETY: the C function reads the NUL-terminated text.
        let code = unsafe clinux_inotify_watch(descriptor, folder)
        // Without a watch only time can tell.
        let limitMs = code < 0 ? min(atMostMs, 1_000) : atMostMs
        if clinux_wait_readable(descriptor, limitMs) == 0 { return false }
        clinux_inotify_drain(descriptor)
        return true
    }
}
