internal import CLinux

/// Octets from a file or a pipe, as they come.
package enum FileInput {
    /// Reads what is there, waiting until something is; so never on a loop.
    ///
    /// Foundation's `availableData` ends the process when a signal interrupts the waiting.
    ///
    /// - Parameter most: So many octets at once.
    /// - Returns: What came; nothing at the end.
    /// - Throws: `SystemError` when the system cannot read there.
    package static func next(
        from descriptor: Int32, most: Int = 65_536
    ) throws(SystemError) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: most)
        // SAFETY: the C function writes no more than the stated count of octets.
        let read = unsafe octets.withUnsafeMutableBytes { target in
            unsafe clinux_read(descriptor, target.baseAddress, target.count)
        }
        if read < 0 { throw SystemError(.read, code: Int32(truncatingIfNeeded: -read)) }
        octets.removeLast(most - Int(read))
        return octets
    }
}
