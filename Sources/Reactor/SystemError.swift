/// A system call that failed.
package struct SystemError: Error, Equatable, Sendable {
    /// What was being done.
    package enum Call: Sendable {
        case epoll
        case eventfd
        case listen
        case connect
        case thread
        case resolve
        case pass
        case watch
        case read
        case write
        case pipe
    }

    /// What was being done.
    package let call: Call

    /// The errno, positive; for `resolve` the EAI code, negative.
    package let code: Int32

    /// A failure of a call.
    package init(_ call: Call, code: Int32) {
        self.call = call
        self.code = code
    }

    /// The address is taken by another socket (EADDRINUSE).
    package var isAddressInUse: Bool { code == 98 }

    /// The process or the machine has no descriptor or memory left for another socket
    /// (EMFILE, ENFILE, ENOBUFS, ENOMEM).
    package var isExhaustion: Bool { code == 24 || code == 23 || code == 105 || code == 12 }
}
