import Reactor
import Synchronization

/// A real endpoint: it listens on a port of this machine and gives each connection, on a thread
/// of its own, to what the test wrote.
final class EndpointServer: Sendable {
    /// Why no endpoint could be started.
    struct NoLoopback: Error {}

    let port: UInt16

    /// Connections accepted so far.
    var connectionCount: Int { count.load(ordering: .sequentiallyConsistent) }

    private let count = Atomic<Int>(0)
    private let isStopped = Atomic<Bool>(false)

    /// - Parameter serve: serves one connection; it is closed when this returns or throws. The
    ///   number counts connections from 0.
    init(
        port: UInt16 = 0, _ serve: @escaping @Sendable (Wire, _ number: Int) throws -> Void
    ) throws {
        guard let address = SocketAddress(numeric: "127.0.0.1", port: port) else {
            throw NoLoopback()
        }
        let listener = try Listener.sharing(address)
        self.port = listener.address.port
        let box = Mutex<Listener?>(listener)
        let held = Held(box)
        try LoopThread.start(name: "endpoint") { self.accept(held, serve) }
    }

    /// Closes the listener; connections that were accepted go on.
    func stop() {
        isStopped.store(true, ordering: .sequentiallyConsistent)
    }

    /// Keeps a value that can be taken once.
    private final class Held<Value: ~Copyable & Sendable>: Sendable {
        private let value: Mutex<Value?>

        init(_ value: consuming Mutex<Value?>) { self.value = value }

        func take() -> Value? { value.withLock { $0.take() } }
    }

    private func accept(
        _ held: Held<Listener>, _ serve: @escaping @Sendable (Wire, Int) throws -> Void
    ) {
        guard let listener = held.take(), var loop = try? EventLoop(timerCapacity: 1),
            var peer = SocketAddress(numeric: "127.0.0.1", port: 0)
        else { return }
        try? loop.register(listener, token: Token(kind: 1, index: 0, generation: 1))
        while !isStopped.load(ordering: .sequentiallyConsistent) {
            guard let socket = try? listener.accept(peer: &peer) else {
                _ = loop.wait(atMostMs: 10)
                continue
            }
            let number = count.add(1, ordering: .sequentiallyConsistent).oldValue
            let held = HeldSocket(socket)
            try? LoopThread.start(name: "endpoint-conn") {
                guard let socket = held.take(), let wire = try? Wire(socket) else { return }
                // What a test's endpoint meets when its peer goes away is no fault of the test;
                // what matters shows at the client.
                try? serve(wire, number)
            }
        }
    }

    private final class HeldSocket: Sendable {
        private let value: Mutex<Socket?>

        init(_ socket: consuming Socket) { value = Mutex(socket) }

        func take() -> Socket? { value.withLock { $0.take() } }
    }
}

extension EndpointServer {
    /// An endpoint that answers every request with what it received: the head's lines as they
    /// came and, behind an empty line, the body.
    static func echo(name: String = "echo") throws -> EndpointServer {
        try EndpointServer { wire, _ in
            wire.limitMs = 60_000
            while true {
                let head = try wire.readHead()
                let body = try wire.readBody(of: head)
                var lines = [head.startLine]
                lines += head.fields.map { "\($0.name): \($0.value)" }
                let text = lines.joined(separator: "\n") + "\n\n"
                let answer = Array(text.utf8) + body
                let isHead = head.startLine.hasPrefix("HEAD ")
                try wire.send(
                    "HTTP/1.1 200 OK\r\nServed-By: \(name)\r\n"
                        + "Content-Length: \(answer.count)\r\n\r\n")
                if !isHead { try wire.send(answer) }
            }
        }
    }

    /// An endpoint that reads one request head on each connection, sends fixed octets and closes.
    static func saying(_ text: String) throws -> EndpointServer {
        try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send(text)
        }
    }
}
