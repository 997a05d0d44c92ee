import Glibc

/// The signals that a thread holds back, which a child process inherits.
enum SignalMask {
    /// Runs the body on this thread with no signal held back.
    ///
    /// The threads on which Swift runs tasks hold back nearly all signals, SIGTERM among them. A
    /// program started from one would inherit that and could not be stopped politely, which no
    /// shell would do to it.
    static func withNoneBlocked<Failure>(
        _ body: () throws(Failure) -> Void
    ) throws(Failure) {
        var none = sigset_t()
        var before = sigset_t()
        // SAFETY: both sets outlive the calls, which only read or fill them; SIG_SETMASK with sets
        // made by the library cannot fail.
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        // SAFETY: as above; the mask is restored on the thread it was taken from, since nothing
        // between suspends.
        defer { _ = unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }
}
