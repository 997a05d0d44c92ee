internal import Reactor

/// Opens a gateway's listeners for its loops, or takes those that a former process hands over.
struct ListenerSets: ~Copyable {
    /// One for each loop.
    var loops = UniqueArray<LoopListeners>()

    /// Every socket once more, to be handed to a successor. They must be closed when the loops
    /// stop listening: a socket that stays open goes on queueing connections.
    var spare = UniqueArray<Listener>()

    /// Where the gateway listens, in the configuration's order.
    private(set) var addresses: [SocketAddress] = []

    /// - Parameters:
    ///   - listeners: where to listen.
    ///   - inherited: what a former process handed over; those whose address is not asked for
    ///     are closed.
    /// - Throws: `GatewayError`, naming the address that is in use or cannot be listened on.
    init(
        _ listeners: [GatewayListener], loopCount: Int, inherited: consuming UniqueArray<Listener>
    ) throws(GatewayError) {
        for _ in 0..<loopCount { loops.append(LoopListeners()) }
        var inherited = inherited
        for listener in listeners {
            var actual = listener.address
            do throws(SystemError) {
                if try !adopt(from: &inherited, for: listener, as: &actual) {
                    try open(listener, as: &actual)
                }
            } catch {
                if error.isAddressInUse { throw .addressInUse(actual) }
                throw .cannotListen(actual, errno: error.code)
            }
            addresses.append(actual)
        }
    }

    /// Opens an address: a socket of its own for each loop, which the kernel spreads connections
    /// over, or for a Unix-domain path one socket that all share.
    private mutating func open(
        _ listener: GatewayListener, as actual: inout SocketAddress
    ) throws(SystemError) {
        if actual.family == .local {
            let first = try Listener.local(actual, isPrivate: false)
            for index in 0..<loops.count {
                try add(try first.duplicate(), listener, toLoop: index)
            }
            return
        }
        try Listener.probe(actual)
        for index in 0..<loops.count {
            let socket = try Listener.sharing(actual)
            // Port 0: the others share the port that the first was given.
            actual = socket.address
            try add(socket, listener, toLoop: index)
        }
    }

    /// Takes the sockets of an address out of what was handed over, and gives every loop one: by
    /// turns, or where there are fewer of them than loops, once more.
    ///
    /// - Returns: whether there was one.
    private mutating func adopt(
        from inherited: inout UniqueArray<Listener>, for listener: GatewayListener,
        as actual: inout SocketAddress
    ) throws(SystemError) -> Bool {
        var kept = UniqueArray<Listener>(reserving: inherited.count)
        var mine = UniqueArray<Listener>()
        while let socket = inherited.popLast() {
            let address = socket.address
            let anyPort = actual.port == 0 && actual.family != .local && address.host == actual.host
            if address == actual || anyPort {
                actual = address
                mine.append(socket)
            } else {
                kept.append(socket)
            }
        }
        swap(&inherited, &kept)
        if mine.isEmpty { return false }
        let count = mine.count
        for index in count..<max(count, loops.count) {
            mine.append(try mine[index % count].duplicate())
        }
        var index = 0
        while let socket = mine.popLast() {
            try add(socket, listener, toLoop: index % loops.count)
            index += 1
        }
        return true
    }

    private mutating func add(
        _ socket: consuming Listener, _ listener: GatewayListener, toLoop index: Int
    ) throws(SystemError) {
        if loops[index].sockets.count >= LoopListeners.countMax {
            throw SystemError(.listen, code: 24)  // EMFILE: as with too many descriptors
        }
        spare.append(try socket.duplicate())
        loops[index].append(socket, expectsProxyHeader: listener.expectsProxyHeader)
    }
}
