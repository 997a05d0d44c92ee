internal import Reactor
internal import Synchronization

/// Resolves the names of endpoints on a thread of its own, again and again, and tells the loops
/// when one leads elsewhere. A name that cannot be resolved keeps its last addresses.
final class Resolver: Sendable {
    private struct State {
        /// The names of the present table, with what they resolved to; an empty list when that
        /// failed so far.
        var known: [Endpoint.Key: [SocketAddress]] = [:]
        /// Names that were not tried yet.
        var untried: Set<Endpoint.Key> = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let work: Wakeup
    private let progress: Wakeup
    private let mailboxes: [Mailbox<LoopMessage>]
    private let everyMs: Int64

    init(
        mailboxes: [Mailbox<LoopMessage>], everyMs: Int64
    ) throws(SystemError) {
        self.mailboxes = mailboxes
        self.everyMs = everyMs
        work = try Wakeup()
        progress = try Wakeup()
    }

    /// Starts the thread.
    func start() throws(SystemError) {
        try LoopThread.start(name: "gw-resolver") { self.run() }
    }

    /// Ends the thread when it next looks.
    func stop() {
        state.withLock { $0.isStopped = true }
        work.signal()
    }

    /// Makes these the names to resolve, and waits a little for those that are new. Not on a
    /// loop's thread.
    ///
    /// - Returns: the addresses known then.
    func follow(
        _ names: Set<Endpoint.Key>, waitAtMostMs: Int64
    ) -> [Endpoint.Key: [SocketAddress]] {
        progress.drain()
        let hasNew = state.withLock { state in
            state.untried.formIntersection(names)
            for name in names where state.known[name] == nil { state.untried.insert(name) }
            state.known = state.known.filter { names.contains($0.key) }
            return !state.untried.isEmpty
        }
        if hasNew {
            work.signal()
            let step: Int64 = 50
            var waited: Int64 = 0
            while waited < waitAtMostMs && state.withLock({ !$0.untried.isEmpty }) {
                if !progress.wait(timeoutMs: Int32(step)) { waited += step }
                progress.drain()
            }
        }
        return state.withLock { $0.known.filter { !$0.value.isEmpty } }
    }

    private func run() {
        while true {
            let isNew = work.wait(timeoutMs: Int32(clamping: everyMs))
            work.drain()
            let (names, isStopped) = state.withLock { state in
                (isNew ? Array(state.untried) : Array(state.known.keys), state.isStopped)
            }
            if isStopped { return }
            for name in names { resolve(name) }
        }
    }

    private func resolve(_ name: Endpoint.Key) {
        var found: [SocketAddress] = []
        do throws(SystemError) {
            found = try SocketAddress.resolve(name.host, port: name.port)
        } catch {
            // The last addresses stay; the endpoint's failures show in its answers.
        }
        let isNews = state.withLock { state in
            let wasUntried = state.untried.remove(name) != nil
            guard let former = state.known[name] ?? (wasUntried ? [] : nil) else { return false }
            if found.isEmpty { found = former }
            state.known[name] = found
            return former != found
        }
        if isNews {
            for mailbox in mailboxes { mailbox.post(.addresses(name, found)) }
        }
        progress.signal()
    }
}
