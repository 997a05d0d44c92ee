internal import Reactor
internal import Synchronization

/// The listening sockets of one loop.
struct LoopListeners: ~Copyable, Sendable {
    /// The most that one loop can have: one bit each says where connections may wait.
    static let countMax = 64

    var sockets = UniqueArray<Listener>()

    /// Which of them begin each connection with a PROXY protocol header, as one bit each.
    var proxyHeaders: UInt64 = 0

    /// Adds one; the caller checks `countMax` before.
    mutating func append(_ listener: consuming Listener, expectsProxyHeader: Bool) {
        if expectsProxyHeader { proxyHeaders |= 1 << UInt64(sockets.count) }
        sockets.append(listener)
    }
}

/// What the loops of a gateway share with each other and with whoever looks at them.
struct SharedState: Sendable {
    let mailboxes: [Mailbox<LoopMessage>]
    let banks: [CounterBank]
    let limiter: ConnectionLimiter
    let logLines: [OctetQueue]
    let trafficLines: [OctetQueue]
}

/// Which loops run: how `start` and `stop` know.
final class LoopStates: Sendable {
    private struct State: ~Copyable {
        /// Each loop's listeners until it takes them.
        var listeners: UniqueArray<LoopListeners>
        var taken: Set<Int> = []
        var runningCount = 0
        var startedCount = 0
        var error: SystemError?
    }

    private let state: Mutex<State>
    private let changed: Wakeup

    init(_ listeners: consuming UniqueArray<LoopListeners>) throws(SystemError) {
        changed = try Wakeup()
        state = Mutex(State(listeners: listeners))
    }

    /// The listeners of a loop, once.
    func takeListeners(_ number: Int) -> LoopListeners? {
        state.withLock { state in
            if !state.taken.insert(number).inserted { return nil }
            var taken = LoopListeners()
            swap(&taken, &state.listeners[number])
            return taken
        }
    }

    /// A loop is ready.
    func running() {
        state.withLock { state in
            state.runningCount += 1
            state.startedCount += 1
        }
        changed.signal()
    }

    /// A loop ended, or could not begin.
    func ended(_ error: SystemError?) {
        state.withLock { state in
            if let error {
                state.startedCount += 1
                state.error = error
            } else {
                state.runningCount -= 1
            }
        }
        changed.signal()
    }

    /// Blocks until so many loops have begun or failed to.
    func waitUntilRunning(_ count: Int) -> SystemError? {
        while state.withLock({ $0.startedCount }) < count {
            _ = changed.wait(timeoutMs: 1_000)
            changed.drain()
        }
        return state.withLock { $0.error }
    }

    /// Blocks until no loop runs, or the time is over.
    func waitUntilEnded(atMostMs: Int64) -> Bool {
        var left = atMostMs
        while state.withLock({ $0.runningCount }) > 0 && left > 0 {
            if !changed.wait(timeoutMs: 20) { left -= 20 }
            changed.drain()
        }
        return state.withLock { $0.runningCount } == 0
    }
}
