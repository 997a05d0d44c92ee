import CanonicalJSON
import Proxy
import Reactor
import Routing

/// A gateway that listens on a free port and serves routes compiled from documents.
final class Served {
    let gateway: Gateway

    /// - Parameters:
    ///   - table: nil to publish none.
    ///   - change: what differs from the usual configuration.
    init(
        _ table: RouteTable?, loops: Int = 1,
        change: (inout GatewayConfiguration) -> Void = { _ in }
    ) throws {
        guard let loopback = SocketAddress(numeric: "127.0.0.1", port: 0) else {
            throw EndpointServer.NoLoopback()
        }
        var configuration = GatewayConfiguration(listeners: [loopback], loopCount: loops)
        change(&configuration)
        gateway = try Gateway(configuration)
        try gateway.start()
        if let table { gateway.publish(table) }
    }

    deinit {
        gateway.stop(drain: .zero)
    }

    var port: UInt16 { gateway.boundPorts[0] }

    func connect() throws -> Wire { try Wire.connect(port) }

    /// One request on a connection of its own.
    func ask(_ text: String) throws -> Response {
        let wire = try connect()
        try wire.send(text)
        return try wire.readResponse()
    }

    /// A GET on a connection of its own.
    func get(_ path: String = "/", host: String = "a.example.org") throws -> Response {
        try ask("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\r\n")
    }
}

extension RouteTable {
    /// Compiles documents, as if each was enacted by an entry of its own, with what is laid over
    /// them.
    static func compiled(
        _ documents: [String], laying overlays: [Overlay] = [],
        refusing refusals: [TableRefusal] = []
    ) throws -> RouteTable {
        var set = DocumentSet()
        for (number, text) in documents.enumerated() {
            let bundle = try OperationBundle(applying: [
                JSONValue(parsing: text.utf8, form: .relaxed)
            ])
            try set.apply(bundle, by: Enactment(entry: number + 1, proposal: number + 1))
        }
        set.lay(overlays, refusing: refusals)
        return RouteTable(compiling: set)
    }

    /// One route for everything to one backend.
    static func all(to ports: UInt16..., route: String = "all") throws -> RouteTable {
        try compiled([backend("only", ports), Self.route(route, to: [("only", 1)])])
    }

    /// A backend of this machine's ports.
    static func backend(_ name: String, _ ports: [UInt16], host: String = "127.0.0.1") -> String {
        let endpoints = ports.map { #"{"address":"\#(host)","port":\#($0)}"# }
            .joined(separator: ",")
        return #"{"kind":"Backend","name":"\#(name)","endpoints":[\#(endpoints)]}"#
    }

    /// A route for paths that begin with a prefix.
    static func route(
        _ name: String, prefix: String = "/", to shares: [(name: String, weight: Int)]
    ) -> String {
        let references = shares.map { #"{"name":"\#($0.name)","weight":\#($0.weight)}"# }
        return #"{"kind":"HTTPRoute","name":"\#(name)","rules":[{"matches":[{"path":"#
            + #"{"type":"PathPrefix","value":"\#(prefix)"}}],"#
            + #""backendRefs":[\#(references.joined(separator: ","))]}]}"#
    }
}
