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
    private let mailboxes: [Mailbox<LoopMessage>]
    private let published: [PublishedCounters]
    private let resolver: Resolver
    private let loops: LoopStates

    /// One publication at a time, so that every loop ends with the same table.
    private let publishing = Mutex(())

    /// Binds all listeners.
    ///
    /// - Throws: `GatewayError`, naming the address that is in use or cannot be listened on.
    package init(_ configuration: GatewayConfiguration) throws(GatewayError) {
        if configuration.listeners.isEmpty { throw .configuration(.noListener) }
        if configuration.loopCount < 1 || configuration.loopCount > 256 {
            throw .configuration(.loopCount(configuration.loopCount))
        }
        var fitting = configuration
        fitting.limits.fit(
            descriptors: LoopThread.raiseDescriptorLimit(), loopCount: configuration.loopCount)
        self.configuration = fitting
        LoopThread.ignoreBrokenPipes()
        var bound: [SocketAddress] = []
        var sets = UniqueArray<UniqueArray<Listener>>()
        for _ in 0..<configuration.loopCount { sets.append(UniqueArray<Listener>()) }
        for address in configuration.listeners {
            bound.append(try Self.listen(on: address, into: &sets))
        }
        boundAddresses = bound
        do throws(SystemError) {
            var mailboxes: [Mailbox<LoopMessage>] = []
            for _ in 0..<configuration.loopCount { mailboxes.append(try Mailbox()) }
            self.mailboxes = mailboxes
            resolver = try Resolver(
                mailboxes: mailboxes, everyMs: configuration.timeouts.resolveEveryMs)
            loops = try LoopStates(sets)
        } catch {
            throw .system(error)
        }
        published = (0..<configuration.loopCount).map { _ in PublishedCounters() }
    }

    /// Listens on one address for every loop.
    ///
    /// - Returns: the address with its port.
    private static func listen(
        on address: SocketAddress, into sets: inout UniqueArray<UniqueArray<Listener>>
    ) throws(GatewayError) -> SocketAddress {
        var actual = address
        do throws(SystemError) {
            try Listener.probe(address)
            for index in 0..<sets.count {
                let listener = try Listener.sharing(actual)
                // Port 0: the others share the port that the first was given.
                actual = listener.address
                sets[index].append(listener)
            }
        } catch {
            if error.isAddressInUse { throw .addressInUse(actual) }
            throw .cannotListen(actual, errno: error.code)
        }
        return actual
    }

    /// Starts the loops, each on a thread of its own. Call once.
    ///
    /// - Throws: `GatewayError.system` when the system gives no thread or epoll instance.
    package func start() throws(GatewayError) {
        do throws(SystemError) {
            try resolver.start()
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
                configuration, number: number, listeners: listeners, mailbox: mailboxes[number],
                published: published[number])
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
    package func publish(_ table: RouteTable) {
        publishing.withLock { _ in
            var names: Set<Endpoint.Key> = []
            for backend in table.backends {
                for endpoint in backend.endpoints {
                    let key = Endpoint.Key(endpoint)
                    if key.kind == .name { names.insert(key) }
                }
            }
            let addresses = resolver.follow(
                names, waitAtMostMs: configuration.timeouts.resolveFirstMs)
            for mailbox in mailboxes { mailbox.post(.table(table, addresses: addresses)) }
        }
    }

    /// Stops in order: no new connections, idle ones are closed, each other one ends with its
    /// present request. Blocks until all have ended or the time is over, when the rest is closed.
    ///
    /// - Parameter drain: how long requests in flight may take; 30 s is the usual.
    /// - Returns: whether every loop has ended.
    @discardableResult
    package func stop(drain: Duration) -> Bool {
        let drainMs =
            max(0, drain.components.seconds * 1000)
            + drain.components.attoseconds / 1_000_000_000_000_000
        resolver.stop()
        for mailbox in mailboxes { mailbox.post(.stop(drainMs: drainMs)) }
        return loops.waitUntilEnded(atMostMs: drainMs + 2_000)
    }

    /// What was done since the start, summed over the loops; each loop's part is of its last
    /// turn.
    package var counters: GatewayCounters {
        var sum = GatewayCounters()
        for each in published { each.add(to: &sum) }
        return sum
    }
}
