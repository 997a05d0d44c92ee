import Dispatch
import Glibc
import Reactor

/// The load and the backend, in one loop: on a machine of two cores they share one in any case, and
/// like this they cost it no change of process and no wait for the other's turn.
///
/// All of it runs on one thread; orders come through the mailbox, and each is answered once.
struct EngineLoop: ~Copyable {
    /// What a token names.
    private enum Kind {
        static let listener: UInt32 = 0
        static let mail: UInt32 = 1
        static let served: UInt32 = 2
        static let client: UInt32 = 3
    }

    /// Connections of either side.
    private static let connectionsMax = 32_768
    /// Crowds at one time.
    private static let crowdsMax = 16
    /// How long to wait when somebody waits for something that may not come.
    private static let watchfulMs: Int32 = 5

    var loop: EventLoop
    var clients = Slab<LoadConnection>(capacity: connectionsMax)
    var crowds = Slab<Crowd>(capacity: crowdsMax)
    private var served = Slab<ServedConnection>(capacity: connectionsMax)
    private let texts = BackendTexts()
    private let listener: Listener
    private let desk: EngineDesk
    private var isEnding = false

    private init(
        _ desk: EngineDesk, _ loop: consuming EventLoop, _ listener: consuming Listener
    ) {
        self.desk = desk
        self.loop = loop
        self.listener = listener
    }

    /// A loop that listens on a free port.
    static func listening(_ desk: EngineDesk) throws(SystemError) -> EngineLoop {
        guard let any = SocketAddress(numeric: "127.0.0.1", port: 0) else {
            throw SystemError(.listen, code: 22)
        }
        let loop = try EventLoop(timerCapacity: 1)
        let listener = try Listener.sharing(any)
        try loop.register(listener, token: Token(kind: Kind.listener, index: 0, generation: 0))
        try desk.orders.register(
            in: loop, token: Token(kind: Kind.mail, index: 0, generation: 0))
        return EngineLoop(desk, loop, listener)
    }

    /// Where the backend listens.
    var port: UInt16 { listener.address.port }

    /// Nanoseconds of the clock that all latencies are taken with.
    static var nowNs: UInt64 { DispatchTime.now().uptimeNanoseconds }

    /// Runs until the order to end.
    mutating func run() {
        while !isEnding {
            let patience = patienceMs
            let count = loop.wait(atMostMs: patience)
            // As short as the kernel can (50 µs of slack): a loop that went round and round would
            // lose its core to others just when something comes. Latencies include the lateness.
            if count == 0, patience == 0 { usleep(1) }
            for index in 0..<count { handle(loop.event(at: index)) }
            for crowd in 0..<crowds.highWater where crowds.contains(crowd) { tend(crowd) }
        }
    }

    /// Nothing for an open load: its intervals are shorter than the milliseconds of a wait.
    private var patienceMs: Int32 {
        var patience = Int32.max
        for crowd in 0..<crowds.highWater where crowds.contains(crowd) {
            if crowds[crowd].schedule != nil { return 0 }
            if crowds[crowd].waiterNs != nil { patience = Self.watchfulMs }
        }
        return patience
    }

    private mutating func handle(_ event: Event) {
        let (index, generation) = (event.token.index, event.token.generation)
        switch event.token.kind {
        case Kind.listener: accept()
        case Kind.mail: for order in desk.orders.takeAll() { obey(order) }
        case Kind.served:
            guard served.contains(index, generation: generation) else { return }
            let goesOn = served[index].turn(
                &loop.buffers, texts, untilEnd: event.readiness.isPeerEnded)
            if !goesOn { _ = served.remove(index) }
        default:
            guard clients.contains(index, generation: generation) else { return }
            advance(index, event.readiness)
        }
    }

    private mutating func accept() {
        guard var peer = SocketAddress(numeric: "127.0.0.1", port: 0) else { return }
        while !served.isFull {
            do throws(SystemError) {
                guard let socket = try listener.accept(peer: &peer) else { return }
                let index = served.insert(ServedConnection(socket))
                let token = Token(
                    kind: Kind.served, index: index, generation: served.generation(of: index))
                try served[index].register(in: loop, token: token)
            } catch {
                // A connection that could not be had is the contender's failure to report.
                return
            }
        }
    }

    /// Makes a connection's events known to the loop.
    func register(_ index: Int) throws(SystemError) {
        try loop.register(
            clients[index].socket,
            token: Token(
                kind: Kind.client, index: index, generation: clients.generation(of: index)))
    }

    private mutating func obey(_ order: EngineOrder) {
        let now = Self.nowNs
        switch order {
        case .open(let plan, let waitNs):
            guard !crowds.isFull,
                let address = SocketAddress(numeric: "127.0.0.1", port: plan.port)
            else { return desk.answer(CrowdReport(crowd: -1)) }
            let index = crowds.insert(Crowd(plan, address: address, nowNs: now))
            crowds[index].report.crowd = index
            crowds[index].waiterNs = now + waitNs
        case .add(let crowd, let connections, let waitNs):
            crowds[crowd].toOpen += connections
            crowds[crowd].waiterNs = now + waitNs
        case .go(let crowd, let pace):
            let past = crowds[crowd].reported(atNs: now)
            go(crowd, pace, nowNs: now)
            desk.answer(past)
        case .look(let crowd): desk.answer(crowds[crowd].reported(atNs: now))
        case .settle(let crowd, let waitNs):
            crowds[crowd].pace = .still
            crowds[crowd].schedule = nil
            crowds[crowd].waiterNs = now + waitNs
        case .close(let crowd):
            close(crowd)
            desk.answer(CrowdReport(crowd: crowd))
        case .end:
            isEnding = true
            desk.answer(CrowdReport(crowd: -1))
        }
    }

    /// Answers whoever waits for a crowd, once it is settled or the time is over.
    mutating func answerWaiter(_ crowd: Int, nowNs: UInt64) {
        guard let limit = crowds[crowd].waiterNs, crowds[crowd].isSettled || nowNs >= limit
        else { return }
        crowds[crowd].waiterNs = nil
        desk.answer(crowds[crowd].reported(atNs: nowNs))
    }
}
