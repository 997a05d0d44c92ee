import Foundation
import Proxy
import Reactor
import Routing
import Synchronization
import TestKit
import Testing

/// Where a gateway listens, how many it serves, and how it is succeeded.
@Suite struct Listeners {
    @Test func `a Unix-domain path is shared by all loops`() throws {
        let folder = try TemporaryFolder()
        let address = try #require(SocketAddress(path: folder.path("gw.sock")))
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port), loops: 2) {
            $0.listeners = [GatewayListener(address)]
        }
        for _ in 0..<20 {
            var isPending = false
            let wire = try Wire(Socket.connecting(to: address, isPending: &isPending))
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let text = try wire.readResponse().text
            #expect(!text.contains("x-forwarded-for"))
            #expect(text.contains("forwarded: for=unknown;"))
        }
        #expect(served.gateway.boundAddresses[0].description == "unix:" + folder.path("gw.sock"))
    }

    @Test func `a path that somebody serves is in use; one left behind is taken`() throws {
        let folder = try TemporaryFolder()
        let address = try #require(SocketAddress(path: folder.path("gw.sock")))
        do {
            // Closed without taking its path away, as by a crash.
            _ = try Listener.local(address, isPrivate: false)
        }
        let first = try Served(nil) { $0.listeners = [GatewayListener(address)] }
        #expect(throws: GatewayError.addressInUse(address)) {
            _ = try Served(nil) { $0.listeners = [GatewayListener(address)] }
        }
        _ = consume first
    }

    @Test func `a path that is no socket is left alone`() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write([1, 2, 3] as [UInt8], to: "file")
        let address = try #require(SocketAddress(path: folder.path("file")))
        #expect(throws: GatewayError.self) {
            _ = try Served(nil) { $0.listeners = [GatewayListener(address)] }
        }
        #expect(
            FileManager.default.contents(atPath: folder.path("file")).map { [UInt8]($0) } == [
                1, 2, 3,
            ])
    }

    @Test func `IPv6 is listened on and connected to`() throws {
        let loopback = try #require(SocketAddress(numeric: "[::1]", port: 0))
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port)) {
            $0.listeners = [GatewayListener(loopback)]
        }
        var isPending = false
        let wire = try Wire(
            Socket.connecting(to: served.gateway.boundAddresses[0], isPending: &isPending))
        try wire.send("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n")
        let text = try wire.readResponse().text
        #expect(text.contains("x-forwarded-for: ::1\n"))
        #expect(text.contains("forwarded: for=\"[::1]\";host=\"[::1]:80\";proto=http\n"))
    }

    @Test func `an endpoint may be a Unix-domain path`() throws {
        let folder = try TemporaryFolder()
        let address = try #require(SocketAddress(path: folder.path("backend.sock")))
        let echo = try EndpointServer.echo()
        // A gateway on the path, in front of the echo, is the endpoint.
        let inner = try Served(RouteTable.all(to: echo.port)) {
            $0.listeners = [GatewayListener(address)]
        }
        let outer = try Served(
            RouteTable.compiled([
                #"{"kind":"Backend","name":"b","endpoints":[{"address":"unix:\#(address.path)"}]}"#,
                RouteTable.route("r", to: [("b", 1)]),
            ]))
        #expect(try outer.get().status == 200)
        _ = consume inner
    }

    @Test func `an address with too many connections is told so, and served when one leaves`()
        throws
    {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port), loops: 2) {
            $0.limits.connectionsPerAddressMax = 3
        }
        do {
            let wires = try (0..<3).map { _ in try served.connect() }
            for wire in wires {
                try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try wire.readResponse().status == 200)
            }
            let refused = try served.connect().readResponse()
            #expect(refused.status == 503)
            #expect(refused.head["commonway-error"] == "too-many-connections")
            #expect(served.gateway.counters.clientsTurnedAway == 1)
        }
        while served.gateway.counters.clientsOpen > 0 { try yieldAMoment() }
        #expect(try served.get().status == 200)
    }

    @Test func `above the limit of the process connections wait until one leaves`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port), loops: 2) {
            $0.limits.connectionsMax = 2
        }
        let waiting: Wire
        do {
            let wires = try (0..<2).map { _ in try served.connect() }
            for wire in wires {
                try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try wire.readResponse().status == 200)
            }
            waiting = try served.connect()
            try waiting.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(waiting.isSilent(forMs: 300))
        }
        #expect(try waiting.readResponse().text.hasPrefix("GET /late "))
    }

    @Test func `a successor takes the listeners over while clients go on`() throws {
        let folder = try TemporaryFolder()
        let path = try #require(SocketAddress(path: folder.path("hand-over.sock")))
        let endpoint = try EndpointServer.echo()
        let table = try RouteTable.all(to: endpoint.port)
        let first = try Served(table, loops: 2)
        let kept = try first.connect()
        try kept.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try kept.readResponse().status == 200)
        let gateway = first.gateway
        let held = Held(Mutex<Listener?>(try Listener.local(path, isPrivate: true)))
        let (flag, done) = (Flag(), try Wakeup())
        try LoopThread.start(name: "hand-over") {
            guard let listener = held.take(), listener.waitReadable(atMostMs: 10_000),
                var peer = SocketAddress(numeric: "127.0.0.1", port: 0),
                let connection = try? listener.accept(peer: &peer)
            else { return }
            if gateway.handOver(to: connection, drain: .seconds(20)) { flag.set() }
            done.signal()
        }
        var former = try HandOver(from: path)
        var listeners = UniqueArray<Listener>()
        swap(&listeners, &former.listeners)
        #expect(listeners.count == 2)
        var configuration = GatewayConfiguration(
            listeners: gateway.boundAddresses, loopCount: 3)
        configuration.timeouts.headMs = 5_000
        let second = try Gateway(configuration, inheriting: listeners)
        second.publish(try .all(to: endpoint.port, route: "new"))
        try second.start()
        try former.complete()
        #expect(done.wait(timeoutMs: 10_000))
        #expect(flag.isSet)
        // A connection that was idle is answered once more by the former one, as the last.
        try kept.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        let last = try kept.readResponse()
        #expect(last.head["connection"] == "close")
        #expect(last.head["commonway-route"]?.contains("all/#1") == true)
        // New ones go to the successor.
        for _ in 0..<10 {
            #expect(try first.get().head["commonway-route"]?.contains("new/#1") == true)
        }
        #expect(gateway.stop(drain: .seconds(5), closesIdle: false))
        #expect(second.stop(drain: .zero))
    }

    @Test func `a successor that never serves changes nothing`() throws {
        let folder = try TemporaryFolder()
        let path = try #require(SocketAddress(path: folder.path("hand-over.sock")))
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let gateway = served.gateway
        let held = Held(Mutex<Listener?>(try Listener.local(path, isPrivate: true)))
        let (flag, done) = (Flag(), try Wakeup())
        try LoopThread.start(name: "hand-over") {
            guard let listener = held.take(), listener.waitReadable(atMostMs: 10_000),
                var peer = SocketAddress(numeric: "127.0.0.1", port: 0),
                let connection = try? listener.accept(peer: &peer)
            else { return }
            if gateway.handOver(to: connection, drain: .seconds(20)) { flag.set() }
            done.signal()
        }
        do { _ = try HandOver(from: path) }
        #expect(done.wait(timeoutMs: 10_000))
        #expect(!flag.isSet)
        for _ in 0..<10 { #expect(try served.get().status == 200) }
    }

    @Test func `where nobody serves nothing is taken over`() throws {
        let folder = try TemporaryFolder()
        let path = try #require(SocketAddress(path: folder.path("nobody.sock")))
        #expect(throws: HandOver.Fault.self) { _ = try HandOver(from: path) }
    }
}

/// Set by one thread, read by another.
private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .sequentiallyConsistent) }

    func set() { value.store(true, ordering: .sequentiallyConsistent) }
}

/// Keeps a listener for the thread that takes it.
private final class Held: Sendable {
    private let value: Mutex<Listener?>

    init(_ value: consuming Mutex<Listener?>) { self.value = value }

    func take() -> Listener? { value.withLock { $0.take() } }
}
