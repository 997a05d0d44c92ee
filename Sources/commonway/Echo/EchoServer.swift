import NIOCore
import NIOHTTP1
import NIOPosix

/// A real HTTP/1.1 server on SwiftNIO that holds no body: both ways stream under backpressure.
struct EchoServer: Sendable {
    /// The name in answers.
    let name: String
    /// How answers are unless a request's query says otherwise.
    let defaults: EchoWish

    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    /// Listens and answers until the task is cancelled.
    ///
    /// - Parameter whenBound: Called once with the address that clients connect to.
    /// - Throws: ``Complaint`` when the address cannot be had.
    func run(
        at place: EchoPlace, whenBound: (String) throws(Complaint) -> Void
    ) async throws(Complaint) {
        let listener: NIOAsyncChannel<Connection, Never>
        do {
            listener = try await bind(place)
        } catch {
            throw .usage(
                "cannot listen: \(Reason.text(error))", at: Self.text(of: place),
                next: "choose another address, or port 0 for a free one")
        }
        try whenBound(Self.text(of: listener.channel.localAddress, place))
        do {
            try await listener.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in connections {
                        group.addTask { await serve(connection) }
                    }
                }
            }
        } catch {
            throw .refused("listening failed: \(Reason.text(error))", at: Self.text(of: place))
        }
    }

    private func bind(_ place: EchoPlace) async throws -> NIOAsyncChannel<Connection, Never> {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        switch place {
        case .address(let host, let port):
            return try await bootstrap.bind(host: host, port: port) { Self.connection($0) }
        case .unix(let path):
            return try await bootstrap.bind(
                unixDomainSocketPath: path, cleanupExistingSocketFile: true
            ) { Self.connection($0) }
        }
    }

    private static func connection(_ channel: any Channel) -> EventLoopFuture<Connection> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
        }
    }

    /// Answers the requests of one connection, one after the other.
    private func serve(_ connection: Connection) async {
        // A client that goes away in the middle ends its own connection and nothing else.
        try? await connection.executeThenClose { inbound, outbound in
            var parts = inbound.makeAsyncIterator()
            while let part = try await parts.next() {
                guard case .head(let head) = part else { continue }
                let exchange = EchoExchange(head: head, name: name, defaults: defaults)
                try await exchange.answer(&parts, outbound)
                if !head.isKeepAlive { return }
            }
        }
    }

    private static func text(of place: EchoPlace) -> String {
        switch place {
        case .address(let host, let port): "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    private static func text(of address: SocketAddress?, _ place: EchoPlace) -> String {
        guard let host = address?.ipAddress, let port = address?.port else {
            return text(of: place)
        }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
