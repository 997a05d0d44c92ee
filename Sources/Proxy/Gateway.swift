package import Reactor
package import Routing
internal import Synchronization

/// The data plane: listeners, and one loop a core that forwards what they accept.
///
/// It serves the table that was published last and nothing before the first (503, `no-table`).
/// Listening begins with `init`, so that clients may connect before `start` and wait.
package final class Gateway: Sendable {
    /// Where it listens, in the configuration's order, with the ports that the kernel chose.
    package let boundAddresses: [SocketAddress]

    /// The ports of `boundAddresses`.
    package var boundPorts: [UInt16] { boundAddresses.map(\.port) }

    private let configuration: GatewayConfiguration
    let shared: SharedState
    private let resolver: Resolver

    /// What it keeps of its traffic; nil when it counts none.
    package let traffic: TrafficCollector?
    private let loops: LoopStates

    /// What is held of the listeners besides the loops' own; see `ListenerSets.spare`.
    private let spare: Mutex<UniqueArray<Listener>>

    /// One publication at a time, so that every loop ends with the same table.
    private let publishing = Mutex(PublishedTable())

    private let admin = Mutex<AdminListener?>(nil)

    /// What is known of the table that was published last.
    struct PublishedTable {
        var digest: String?
        var publishedMs: Int64 = 0
        var checkedMs: Int64?
        var isFrozen = false
        var isStopping = false
    }

    /// Binds all listeners.
    ///
    /// - Parameter inherited: what a former process handed over, to be used instead of binding.
    /// - Throws: `GatewayError`, naming the address that is in use or cannot be listened on.
    package init(
        _ configuration: GatewayConfiguration,
        inheriting inherited: consuming UniqueArray<Listener> = UniqueArray()
    ) throws(GatewayError) {
        if configuration.listeners.isEmpty { throw .configuration(.noListener) }
        let count = configuration.loopCount
        if count < 1 || count > 256 { throw .configuration(.loopCount(count)) }
        var fitting = configuration
        fitting.limits.fit(descriptors: LoopThread.raiseDescriptorLimit(), loopCount: count)
        // The gateway's own door is no endpoint either.
        if let admin = configuration.admin { fitting.forbiddenAddresses.append(admin) }
        self.configuration = fitting
        LoopThread.ignoreBrokenPipes()
        let sets = try ListenerSets(
            configuration.listeners, loopCount: count, inherited: inherited)
        boundAddresses = sets.addresses
        spare = Mutex(sets.spare)
        do throws(SystemError) {
            shared = try SharedState(fitting)
            traffic = fitting.countsTraffic ? TrafficCollector(shared.trafficLines) : nil
            resolver = try Resolver(
                mailboxes: shared.mailboxes, everyMs: configuration.timeouts.resolveEveryMs)
            loops = try LoopStates(sets.loops)
            try resolver.start()
        } catch {
            throw .system(error)
        }
    }

    /// Starts the loops, each on a thread of its own. Call once.
    ///
    /// - Throws: `GatewayError.system` when the system gives no thread or epoll instance.
    package func start() throws(GatewayError) {
        do throws(SystemError) {
            for number in 0..<configuration.loopCount {
                try LoopThread.start(name: "gw-loop-\(number)") { self.runLoop(number) }
            }
        } catch {
            throw .system(error)
        }
        if let error = loops.waitUntilRunning(configuration.loopCount) { throw .system(error) }
    }

    private func runLoop(_ number: Int) {
        guard let listeners = loops.takeListeners(number) else { return }
        do throws(SystemError) {
            var worker = try Worker(
                configuration, number: number, listeners: listeners, shared: shared)
            loops.running()
            worker.run()
            loops.ended(nil)
        } catch {
            loops.ended(error)
        }
    }

    /// Makes a table the one that decides new requests; those in flight keep theirs. Returns when
    /// every loop was told, after waiting at most `resolveFirstMs` for names that are new; a loop
    /// takes the table up within one turn. From any thread but a loop's.
    ///
    /// - Parameter citesRoutes: whether responses name the vote that routed them.
    package func publish(_ table: RouteTable, citesRoutes: Bool = true) {
        publishing.withLock { published in
            var names: Set<Endpoint.Key> = []
            for backend in table.backends {
                for endpoint in backend.endpoints {
                    let key = Endpoint.Key(endpoint)
                    if key.kind == .name { names.insert(key) }
                }
            }
            let addresses = resolver.follow(
                names, waitAtMostMs: configuration.timeouts.resolveFirstMs)
            for mailbox in shared.mailboxes {
                mailbox.post(.table(table, citesRoutes: citesRoutes, addresses: addresses))
            }
            published.digest = table.digest.hex
            published.publishedMs = MonotonicClock.nowMs
        }
    }

    /// Notes that the log was read and found to be what it was, or to have grown.
    package func noteLogChecked() {
        publishing.withLock { $0.checkedMs = MonotonicClock.nowMs }
    }

    /// Notes that the log cannot be believed any more, so that the table served is the last one.
    package func noteLogFrozen() {
        publishing.withLock { $0.isFrozen = true }
    }

    /// Stops in order: no new connections, idle ones are closed, each other one ends with its
    /// present request, tunnels with themselves. Blocks until all have ended or the time is over,
    /// when the rest is closed.
    ///
    /// - Parameters:
    ///   - drain: how long requests in flight may take; 30 s is the usual.
    ///   - closesIdle: false when a successor has the listeners: connections between requests are
    ///     then answered once more, since a client may be sending at this moment.
    /// - Returns: whether every loop has ended.
    @discardableResult
    package func stop(drain: Duration, closesIdle: Bool = true) -> Bool {
        let drainMs =
            max(0, drain.components.seconds * 1000)
            + drain.components.attoseconds / 1_000_000_000_000_000
        leave(drainMs: drainMs, closesIdle: closesIdle)
        let hasEnded = loops.waitUntilEnded(atMostMs: drainMs + 2_000)
        resolver.stop()
        return hasEnded
    }

    /// Begins to stop: accepts nothing more and closes the admin listener.
    private func leave(drainMs: Int64, closesIdle: Bool) {
        let wasStopping = publishing.withLock { published in
            defer { published.isStopping = true }
            return published.isStopping
        }
        admin.withLock { server in
            let former = server
            server = nil
            return former
        }?.stop()
        spare.withLock { $0.removeAll() }
        for mailbox in shared.mailboxes {
            mailbox.post(.stop(drainMs: drainMs, closesIdle: closesIdle))
        }
        if closesIdle && !wasStopping {
            for address in boundAddresses { Listener.removePath(of: address) }
        }
    }

    /// Hands the listeners to a successor that connected, and stops once it serves.
    ///
    /// - Parameters:
    ///   - drain: how long requests and tunnels in hand may go on.
    ///   - left: called when the successor serves, before it is told that this one has left.
    /// - Returns: whether a successor serves now; `stop(drain:closesIdle:)` waits for the end.
    package func handOver(
        to connection: borrowing Socket, drain: Duration, left: () -> Void = {}
    ) -> Bool {
        let drainMs = max(0, drain.components.seconds * 1000)
        // A copy is handed over, so that a successor that fails leaves everything as it was.
        var copies = UniqueArray<Listener>()
        spare.withLock { spare in
            for index in 0..<spare.count {
                if let copy = try? spare[index].duplicate() { copies.append(copy) }
            }
        }
        return HandOver.serve(connection, copies) {
            leave(drainMs: drainMs, closesIdle: false)
            left()
        }
    }

    /// What was done since the start, summed over the loops.
    package var counters: GatewayCounters { GatewayCounters(shared.banks) }
}

extension Gateway: AdminListener.Source {
    /// Opens the admin listener, if there is to be one.
    ///
    /// - Returns: its address.
    /// - Throws: `GatewayError`, naming the address that is in use or cannot be listened on.
    @discardableResult
    package func startAdmin() throws(GatewayError) -> SocketAddress? {
        guard let address = configuration.admin else { return nil }
        do throws(SystemError) {
            let server = try AdminListener(at: address, source: self)
            admin.withLock { $0 = server }
            return server.address
        } catch {
            if error.isAddressInUse { throw .addressInUse(address) }
            throw .cannotListen(address, errno: error.code)
        }
    }

    /// Everything that is counted, in Prometheus' text format.
    package var metricsText: String {
        let now = MonotonicClock.nowMs
        let facts = publishing.withLock { published in
            ServedTableFacts(
                digest: published.digest,
                publishedAgeMs: published.digest.map { _ in now - published.publishedMs },
                checkedAgeMs: published.checkedMs.map { now - $0 },
                isFrozen: published.isFrozen)
        }
        return MetricsText(counters, facts).text
    }

    /// Whether requests are answered by a ratified table.
    package var isReady: Bool {
        publishing.withLock { $0.digest != nil && !$0.isStopping }
    }

    /// What it keeps of its traffic, as JSON; nil when it counts none.
    var trafficText: String? {
        traffic.map { String(decoding: $0.summary.octets, as: UTF8.self) }
    }

    /// Hands over the lines of the access log that wait, whole runs of them, and forgets them.
    /// From one thread alone.
    ///
    /// - Returns: how many octets there were.
    package func drainAccessLog<Failure: Error>(
        _ take: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        var sum = 0
        for queue in shared.logLines { sum += try queue.drain(take) }
        return sum
    }
}

extension SharedState {
    /// Octets of log lines that a loop may have waiting: a tenth of a second of the most requests
    /// that a core has been seen to serve.
    private static let logOctets = 4 << 20

    /// Octets of counts that a loop may have waiting: more than it tells at one time, all of its
    /// slots with the longest lines that are usual.
    private static let trafficOctets = 1 << 18

    /// - Throws: `SystemError` when no descriptor is left.
    fileprivate init(_ configuration: GatewayConfiguration) throws(SystemError) {
        let count = configuration.loopCount
        var mailboxes: [Mailbox<LoopMessage>] = []
        for _ in 0..<count { mailboxes.append(try Mailbox()) }
        self.mailboxes = mailboxes
        banks = (0..<count).map { _ in CounterBank(count: Counter.bankCount) }
        limiter = ConnectionLimiter(
            processMax: configuration.limits.connectionsMax,
            addressMax: configuration.limits.connectionsPerAddressMax ?? .max,
            seed: .random(in: .min ... .max))
        let capacity = configuration.accessLog == nil ? 1 : Self.logOctets
        logLines = (0..<count).map { _ in OctetQueue(capacity: capacity) }
        let trafficCapacity = configuration.countsTraffic ? Self.trafficOctets : 1
        trafficLines = (0..<count).map { _ in OctetQueue(capacity: trafficCapacity) }
    }
}
