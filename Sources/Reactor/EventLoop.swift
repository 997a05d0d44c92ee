internal import CLinux

/// What the kernel says about one registered descriptor: the bits of EPOLLIN, EPOLLOUT, EPOLLERR
/// and of EPOLLRDHUP or EPOLLHUP, whose numbers are part of Linux's binary interface.
@usableFromInline package struct Readiness: Sendable {
    @usableFromInline let flags: UInt32

    @inlinable init(flags: UInt32) {
        self.flags = flags
    }

    /// There may be something to read or to accept.
    @inlinable package var isReadable: Bool { flags & 0x1 != 0 }

    /// Room to write came up, or a connection was made.
    @inlinable package var isWritable: Bool { flags & 0x4 != 0 }

    /// The peer ended its direction: read on to the end, even after a short read.
    @inlinable package var isPeerEnded: Bool { flags & 0x2010 != 0 }

    /// The connection broke, or could not be made.
    @inlinable package var isFailed: Bool { flags & 0x8 != 0 }
}

/// One event: whose, and what.
@usableFromInline package struct Event: Sendable {
    /// Whose.
    @usableFromInline package let token: Token
    /// What.
    @usableFromInline package let readiness: Readiness

    @inlinable init(token: Token, readiness: Readiness) {
        self.token = token
        self.readiness = readiness
    }
}

/// One core's loop: an epoll instance, a clock read once a turn, timers and buffers.
///
/// The owner turns it: `wait`, then every `event(at:)`, then `timers.nextExpired()`, then what
/// was put off by `defer(_:)`. Nothing calls back, so a test can step it by hand and the owner's
/// state is one value. Descriptors are registered once, edge-triggered, for everything; closing
/// one takes it out.
@safe @usableFromInline package struct EventLoop: ~Copyable {
    /// Events taken from the kernel in one turn, at most.
    package static let eventsMax = 256

    private let epoll: Int32

    // SAFETY: room for `eventsMax` events, owned by this value; the first `eventCount` were
    // written by the kernel.
    private let events: UnsafeMutablePointer<epoll_event>
    private var eventCount = 0

    /// The loop's monotonic clock in microseconds, as read when the last wait ended.
    package private(set) var nowUs: Int64

    /// The same in milliseconds, which timers count in.
    package private(set) var nowMs: Int64

    /// Milliseconds since 1970, read with it.
    package private(set) var wallMs: Int64

    /// The loop's timers.
    package var timers: TimerWheel

    /// The loop's stock of buffer storage.
    package var buffers = BufferPool()

    private var deferred = UniqueArray<UInt64>(reserving: 64)
    private var deferredTaken = UniqueArray<UInt64>(reserving: 64)

    /// - Parameter timerCapacity: how many timers there are; the owner gives them their meaning.
    /// - Throws: `SystemError` when no descriptor is left.
    package init(timerCapacity: Int) throws(SystemError) {
        epoll = clinux_epoll_create()
        nowUs = clinux_monotonic_us()
        nowMs = nowUs / 1000
        wallMs = clinux_wall_ms()
        timers = TimerWheel(capacity: timerCapacity, nowMs: nowMs)
        // SAFETY: owned by this value and freed in `deinit`.
        unsafe events = .allocate(capacity: Self.eventsMax)
        if epoll < 0 { throw SystemError(.epoll, code: -epoll) }
    }

    deinit {
        // SAFETY: named by nobody else.
        unsafe events.deallocate()
        _ = close(epoll)
    }

    /// Waits until something happens, a timer may be due, or `atMostMs` are over.
    ///
    /// - Returns: the count of events, 0...`eventsMax`.
    package mutating func wait(atMostMs: Int32 = .max) -> Int {
        let timeout = deferred.isEmpty ? min(timers.waitMs(), atMostMs) : 0
        // SAFETY: there is room for `eventsMax` events.
        let count = unsafe clinux_epoll_wait(epoll, events, Int32(Self.eventsMax), timeout)
        precondition(count >= 0, "epoll refuses its own descriptor")
        eventCount = Int(count)
        nowUs = clinux_monotonic_us()
        nowMs = nowUs / 1000
        wallMs = clinux_wall_ms()
        timers.advance(toMs: nowMs)
        return eventCount
    }

    /// An event of the last wait.
    package func event(at index: Int) -> Event {
        precondition(index >= 0 && index < eventCount, "no such event")
        // SAFETY: the index was checked against what the kernel wrote.
        let token = unsafe clinux_event_token(events, Int32(truncatingIfNeeded: index))
        let flags = unsafe clinux_event_flags(events, Int32(truncatingIfNeeded: index))
        return Event(token: Token(raw: token), readiness: Readiness(flags: flags))
    }

    /// Puts a token off to the end of this turn or the next one: for work that would keep others
    /// waiting. While something is put off, `wait` does not block.
    package mutating func `defer`(_ token: Token) {
        deferred.append(token.raw)
    }

    /// Tokens that are put off now.
    package var deferredCount: Int { deferred.count }

    /// How many tokens were put off until now; they come from `takeDeferred`, and what is put
    /// off meanwhile is for the next turn.
    package mutating func beginDeferred() -> Int {
        if deferred.isEmpty { return 0 }
        swap(&deferred, &deferredTaken)
        deferred.removeAll()
        return deferredTaken.count
    }

    /// A token of those that `beginDeferred` counted.
    package func deferredToken(at index: Int) -> Token {
        Token(raw: deferredTaken[index])
    }

    /// Registers a connection's socket.
    ///
    /// - Throws: `SystemError` when the kernel's own bound is reached.
    package func register(
        _ socket: borrowing Socket, token: Token
    ) throws(SystemError) {
        try register(descriptor: socket.descriptor, token: token)
    }

    /// Registers a listener.
    package func register(
        _ listener: borrowing Listener, token: Token
    ) throws(SystemError) {
        try register(descriptor: listener.descriptor, token: token)
    }

    func register(descriptor: Int32, token: Token) throws(SystemError) {
        let code = clinux_epoll_add(epoll, descriptor, token.raw)
        if code < 0 { throw SystemError(.epoll, code: -code) }
    }
}
