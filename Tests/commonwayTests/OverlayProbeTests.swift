import AsyncHTTPClient
import CanonicalJSON
import LogHTTP
import Proxy
import Reactor
import Routing
import Testing

@testable import commonway

/// `audit probe` at a live gateway whose table has everything laid over it.
@Suite struct OverlayProbes {
    private static func route(_ name: String, _ rule: String) -> String {
        #"{"kind":"HTTPRoute","name":"\#(name)","hostnames":["\#(name).example"],"#
            + #""rules":[{\#(rule)}]}"#
    }

    private static let forwards = #""backendRefs":[{"name":"b"}]"#
    private static let redirects =
        #""filters":[{"type":"RequestRedirect","requestRedirect":{"scheme":"https"}}]"#
    /// Nobody listens on port 1: that a request was forwarded says the citation.
    private static let documents = [
        #"{"kind":"Backend","name":"b","endpoints":[{"address":"127.0.0.1","port":1}]}"#,
        #"{"kind":"Backend","name":"c","endpoints":[{"address":"192.0.2.7","port":1}]}"#,
        #"{"kind":"HTTPRoute","name":"broad","rules":[{"backendRefs":[{"name":"b"}]}]}"#,
        route("disabled", redirects), route("refused", forwards), route("former", forwards),
        route("elsewhere", #""backendRefs":[{"name":"c"}]"#), route("plain", redirects),
    ]

    private func proposed(_ json: String) throws -> ProposedDocument {
        try ProposedDocument(validating: JSONValue(parsing: json.utf8, form: .relaxed))
    }

    private func restore(_ json: String, at index: Int) throws -> Overlay {
        let proposed = try proposed(json)
        return Overlay(
            index: index, key: proposed.key,
            change: .restore(
                RatifiedDocument(
                    proposed: proposed, sequence: 3, enactment: Enactment(entry: 3, proposal: 1))))
    }

    private func overlaid() throws -> DocumentSet {
        let network = try #require(NetworkPrefix(text: "192.0.2.0/24"))
        var set = try DocumentSet(ratifying: Self.documents.map(proposed))
        set.lay(
            [
                Overlay(
                    index: 20, key: DocumentKey(kind: .route, name: "disabled"), change: .disable),
                try restore(Self.route("former", Self.redirects), at: 21),
                try restore(Self.route("gone", Self.redirects), at: 22),
            ],
            refusing: [
                TableRefusal(index: 23, subject: .route("refused")),
                TableRefusal(index: 24, subject: .network(network)),
            ])
        return set
    }

    /// What differs, and the gateway's own statuses by host.
    private func ask(
        _ probes: [ProbeRequests.Probe], port: UInt16
    ) async throws -> (faults: [String], statuses: [String: Int]) {
        let client = HTTPSource.makeClient()
        var faults: [String] = []
        var statuses: [String: Int] = [:]
        for probe in probes {
            let answer = try await ProbeAnswer.ask(probe, at: "http://127.0.0.1:\(port)", client)
            let fault = ProbeExpectation(probe.expected, cites: true).fault(of: answer)
            if let fault { faults.append("\(probe.request.url): \(fault)") }
            statuses[probe.host] = probe.expected.status
        }
        try await client.shutdown()
        return (faults, statuses)
    }

    @Test func `a gateway does with overlays what the table says, and is found to`() async throws {
        let set = try overlaid()
        let loopback = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let gateway = try Gateway(GatewayConfiguration(listeners: [loopback], loopCount: 1))
        try gateway.start()
        gateway.publish(RouteTable(compiling: set))
        let requests = ProbeRequests(
            Rehearsal(set), scheme: "http", allowsUnsafeMethods: false)
        let (faults, statuses) = try await ask(requests.probes, port: gateway.boundPorts[0])
        gateway.stop(drain: .zero)
        #expect(faults == [])
        #expect(
            statuses == [
                "disabled.example": 503, "refused.example": 451, "former.example": 302,
                "gone.example": 302, "elsewhere.example": 451, "plain.example": 302,
            ])
    }
}
