internal import CLinux

/// Octets to a file or a pipe, from where they lie.
package enum FileOutput {
    /// Writes all of them; blocks as long as that takes, so never on a loop.
    ///
    /// - Throws: `SystemError` when the system takes no more: what was not written is lost.
    package static func write(_ octets: Span<UInt8>, to descriptor: Int32) throws(SystemError) {
        var written = 0
        while written < octets.count {
            let rest = octets.extracting(written..<octets.count)
            // SAFETY: the C function reads no more than the stated count of octets.
            let moved = unsafe rest.withUnsafeBufferPointer { source in
                unsafe clinux_write(descriptor, source.baseAddress, source.count)
            }
            if moved < 0 { throw SystemError(.write, code: Int32(truncatingIfNeeded: -moved)) }
            written += Int(moved)
        }
    }
}
