import CanonicalJSON
import Proxy
import Routing

/// A gateway whose one route has rules as a test writes them, with echo backends.
struct Filtered {
    let served: Served
    let backends: [EndpointServer]

    /// - Parameters:
    ///   - rules: the route's rules in JSON.
    ///   - backends: each with its name.
    init(
        _ rules: String, backends: [String: EndpointServer],
        change: (inout GatewayConfiguration) -> Void = { _ in }
    ) throws {
        let names = backends.keys.sorted()
        self.backends = names.compactMap { backends[$0] }
        let documents = zip(names, self.backends).map { RouteTable.backend($0, [$1.port]) }
        let route = #"{"kind":"HTTPRoute","name":"r","rules":[\#(rules)]}"#
        served = try Served(RouteTable.compiled(documents + [route]), change: change)
    }

    /// One rule in front of one echo backend named `b`.
    init(
        filters: String, path: String = "/", reference: String = #"{"name":"b"}"#,
        more: String = "", change: (inout GatewayConfiguration) -> Void = { _ in }
    ) throws {
        try self.init(
            #"{"matches":[{"path":{"value":"\#(path)"}}],"filters":[\#(filters)],"#
                + #""backendRefs":[\#(reference)]\#(more)}"#,
            backends: ["b": try .echo()], change: change)
    }

    /// What the echo backend saw of a request with further field lines.
    func seen(_ lines: String = "", path: String = "/") throws -> Head {
        let response = try served.ask("GET \(path) HTTP/1.1\r\nHost: a.example.org\r\n\(lines)\r\n")
        return Head(response.text.replacing("\n", with: "\r\n"))
    }
}
