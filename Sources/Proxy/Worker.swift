internal import HTTP1
internal import Reactor
internal import Routing

/// One loop of the gateway with everything that it owns. It runs on a thread of its own and
/// shares nothing with the others but its mailbox, its counters, the limiter of connections and the
/// queue of its log lines.
///
/// Connections are places in slabs, named by numbers; a function that may have closed one says
/// so in its name or comment, and callers look again (`isSame`). State machines of the two sides
/// meet in `Exchange`: `pumpRequest` moves octets to the endpoint, `pumpResponse` to the client,
/// each until it would have to wait.
struct Worker: ~Copyable {
    /// What a token names.
    enum Kind {
        static let client: UInt32 = 0
        static let upstream: UInt32 = 1
        static let listener: UInt32 = 2
        static let mailbox: UInt32 = 3
    }

    /// Transfers for one connection before others have their turn: the fewer, the more connections
    /// are ready, so that a thousand that stream keep nobody waiting long. A transfer is a read or
    /// a write, of at most `BufferPool.largeOctets`.
    static let transfersPerTurnMax = 16
    static let transfersPerTurnMin = 2

    /// Transfers of one turn that are shared among the connections that are ready.
    static let transfersShared = 512

    /// Connections accepted before others have their turn.
    static let acceptsPerTurn = 64

    /// Milliseconds without accepting after descriptors or memory ran out.
    static let acceptPauseMs: Int64 = 100

    /// Tables held at one time at most: one for each request in flight would still fit.
    static let tablesMax = 1 << 17

    /// Different endpoints known at one time.
    static let endpointsMax = 1 << 20

    let limits: GatewayLimits
    let timeouts: GatewayTimeouts
    let forbidden: [SocketAddress]
    let trusted: [AddressNetwork]
    let secrets: BackendSecrets
    let seed: UInt64
    let mailbox: Mailbox<LoopMessage>
    let counters: CounterBank
    let limiter: ConnectionLimiter

    /// What the access log tells; nil for none.
    let logSettings: AccessLogSettings?
    let logLines: OctetQueue

    /// Whether requests are counted by rule and host.
    let countsTraffic: Bool
    let trafficLines: OctetQueue
    var traffic: TrafficCounts
    var trafficLine = Buffer(capacity: TrafficLine.octetsMax)
    var isTrafficArmed = false

    var loop: EventLoop
    var listeners: UniqueArray<Listener>

    /// The port of each listener.
    let listenerPorts: [UInt16]

    /// Which listeners' connections begin with a PROXY protocol header, as one bit each.
    let proxyHeaderListeners: UInt64
    var clients: Slab<Client>
    var upstreams: Slab<Upstream>
    var endpoints = Slab<Endpoint>(capacity: Worker.endpointsMax)
    var endpointPlaces: [Endpoint.Key: Int] = [:]
    var tables = Slab<ServedTable>(capacity: Worker.tablesMax)

    /// Copies of requests that are on their way.
    var copies = Slab<MirroredRequest>(capacity: Worker.copiesMax)

    var pipes = Slab<Pipe>(capacity: Worker.pipesMax)
    var keptPipes = UniqueArray<Pipe>()

    /// Transfers for each connection in this turn.
    var transfersPerTurn = Worker.transfersPerTurnMax

    /// The table that decides new requests; -1 before the first.
    var currentTable = -1

    /// Where nothing is sent, by that table.
    var refusedNetworks = RefusedNetworks()

    var date = DateText()
    var instant = InstantText()

    // Used for one head at a time and written over by the next: heads are parsed, decided and
    // written within one call.
    var requestParser: RequestHeadParser
    var requestHead = RequestHead()
    var responseParser = ResponseHeadParser()
    var responseHead = ResponseHead()
    var canonicalPath = RequestPath()
    var matchedFields = MatchedFields()
    var requestForwarding = RequestForwarding()
    var random: RandomOctets
    var problem = Buffer(capacity: 1024)

    /// There may be connections that wait to be accepted, as one bit a listener.
    var mayAccept: UInt64 = 0
    var isAcceptPaused = false

    /// When the last connection is closed whatever it does; `.max` while nobody asked to stop.
    var stopAtMs: Int64 = .max

    /// Whether responses name the vote that routed them; the charter says so.
    var citesRoutes = true

    /// - Parameters:
    ///   - listeners: each with whether its connections begin with a PROXY protocol header.
    ///   - shared: what the loops have in common.
    /// - Throws: `SystemError` when no descriptor is left.
    init(
        _ configuration: GatewayConfiguration, number: Int, listeners: consuming LoopListeners,
        shared: SharedState
    ) throws(SystemError) {
        let limits = configuration.limits
        let mailbox = shared.mailboxes[number]
        let loop = try EventLoop(timerCapacity: limits.clientsMax + limits.upstreamsMax + 3)
        try mailbox.register(in: loop, token: Token(kind: Kind.mailbox, index: 0, generation: 0))
        for index in 0..<listeners.sockets.count {
            try loop.register(
                listeners.sockets[index],
                token: Token(kind: Kind.listener, index: index, generation: 0))
        }
        self.limits = limits
        self.loop = loop
        timeouts = configuration.timeouts
        forbidden = configuration.forbiddenAddresses
        trusted = configuration.trustedNetworks
        secrets = configuration.secrets
        // Loops begin their weighted turns far from each other.
        seed = UInt64(number) &* 0x9E37_79B9
        requestForwarding.keepsUnderscoreNames = configuration.keepsUnderscoreNames
        requestParser = RequestHeadParser(limits: limits.requestHead)
        random = RandomOctets(seed: .random(in: .min ... .max))
        self.mailbox = mailbox
        counters = shared.banks[number]
        limiter = shared.limiter
        logSettings = configuration.accessLog
        logLines = shared.logLines[number]
        countsTraffic = configuration.countsTraffic
        trafficLines = shared.trafficLines[number]
        traffic = TrafficCounts(seed: .random(in: .min ... .max))
        proxyHeaderListeners = listeners.proxyHeaders
        listenerPorts = (0..<listeners.sockets.count).map { listeners.sockets[$0].address.port }
        self.listeners = listeners.sockets
        clients = Slab(capacity: limits.clientsMax)
        upstreams = Slab(capacity: limits.upstreamsMax)
    }

    // Numbers of timers: clients first, then upstreams, then the loop's own three.

    func timer(ofUpstream upstream: Int) -> Int { limits.clientsMax + upstream }

    var acceptTimer: Int { limits.clientsMax + limits.upstreamsMax }

    var stopTimer: Int { limits.clientsMax + limits.upstreamsMax + 1 }

    var trafficTimer: Int { limits.clientsMax + limits.upstreamsMax + 2 }

    /// Turns the loop until it was stopped and has ended.
    mutating func run() {
        while true {
            let count = loop.wait()
            let share = Self.transfersShared / max(1, count + loop.deferredCount)
            transfersPerTurn = min(max(share, Self.transfersPerTurnMin), Self.transfersPerTurnMax)
            date.update(loop.wallMs / 1000)
            instant.update(loop.wallMs / 1000)
            // Endpoints first: an idle connection at which something came is then gone before a
            // request of the same turn could be sent on it.
            for index in 0..<count where loop.event(at: index).token.kind == Kind.upstream {
                handle(loop.event(at: index))
            }
            for index in 0..<count where loop.event(at: index).token.kind != Kind.upstream {
                handle(loop.event(at: index))
            }
            while let timer = loop.timers.nextExpired() { expire(timer) }
            let deferred = loop.beginDeferred()
            for index in 0..<deferred { resume(loop.deferredToken(at: index)) }
            if mayAccept != 0 && !isAcceptPaused { accept() }
            counters.set(.clientsOpen, clients.count)
            counters.set(.upstreamsOpen, upstreams.count)
            if stopAtMs != .max && (clients.count == 0 || loop.nowMs >= stopAtMs) { break }
        }
        // What did not end in time is broken off, and told of.
        for client in 0..<clients.highWater where clients.contains(client) {
            closeClient(client, isHard: true, because: .stopped)
        }
        tellTraffic()
    }

    private mutating func handle(_ event: Event) {
        let token = event.token
        switch token.kind {
        case Kind.client:
            if clients.contains(token.index, generation: token.generation) {
                clientReady(token.index, event.readiness)
            }
        case Kind.upstream:
            if upstreams.contains(token.index, generation: token.generation) {
                upstreamReady(token.index, event.readiness)
            }
        case Kind.listener:
            if token.index < listeners.count { mayAccept |= 1 << UInt64(token.index) }
        default:
            takeMail()
        }
    }

    /// Goes on with what was put off.
    private mutating func resume(_ token: Token) {
        switch token.kind {
        case Kind.client:
            if clients.contains(token.index, generation: token.generation) {
                resumeClient(token.index)
            }
        case Kind.upstream:
            if upstreams.contains(token.index, generation: token.generation) {
                resumeUpstream(token.index)
            }
        default:
            break
        }
    }

    private mutating func expire(_ timer: Int) {
        if timer < limits.clientsMax {
            if clients.contains(timer) { clientTimeUp(timer) }
        } else if timer < limits.clientsMax + limits.upstreamsMax {
            let upstream = timer - limits.clientsMax
            if upstreams.contains(upstream) { upstreamTimeUp(upstream) }
        } else if timer == acceptTimer {
            isAcceptPaused = false
            mayAccept = listeners.isEmpty ? 0 : .max >> UInt64(64 - listeners.count)
        } else if timer == trafficTimer {
            tellTraffic()
        }
    }

    func token(ofClient client: Int) -> Token {
        Token(kind: Kind.client, index: client, generation: clients.generation(of: client))
    }

    func token(ofUpstream upstream: Int) -> Token {
        Token(
            kind: Kind.upstream, index: upstream, generation: upstreams.generation(of: upstream))
    }
}
