import Foundation
import Proxy
import Reactor
import Routing
import TestKit
import Testing

/// The gateway's own door.
@Suite struct `Admin listener` {
    private func loopback() throws -> SocketAddress {
        try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
    }

    private func ask(_ address: SocketAddress, _ text: String) throws -> Response {
        var isPending = false
        let wire = try Wire(Socket.connecting(to: address, isPending: &isPending))
        try wire.send(text)
        return try wire.readResponse()
    }

    private func get(_ address: SocketAddress, _ path: String) throws -> Response {
        try ask(address, "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    @Test func `readiness follows the table, health the process`() throws {
        let endpoint = try EndpointServer.echo()
        let admin = try loopback()
        let served = try Served(nil) { $0.admin = admin }
        let address = try #require(try served.gateway.startAdmin())
        #expect(try get(address, "/healthz").text == "ok\n")
        #expect(try get(address, "/readyz").status == 503)
        served.gateway.publish(try .all(to: endpoint.port))
        #expect(try get(address, "/readyz").status == 200)
    }

    @Test func `metrics count what happened`() throws {
        let endpoint = try EndpointServer.echo()
        let admin = try loopback()
        let table = try RouteTable.all(to: endpoint.port)
        let served = try Served(table, loops: 2) { $0.admin = admin }
        let address = try #require(try served.gateway.startAdmin())
        let wire = try served.connect()
        for _ in 0..<3 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\nA_B: c\r\n\r\n")
            _ = try wire.readResponse()
        }
        _ = try served.ask("GET / HTTP/1.1\r\n\r\n")
        let lines = try get(address, "/metrics").text.split(separator: "\n")
        for expected in [
            "commonway_requests_total 4", "commonway_responses_total{status=\"2xx\"} 3",
            "commonway_responses_total{status=\"4xx\"} 1",
            "commonway_request_duration_seconds_count 4",
            "commonway_request_duration_seconds_bucket{le=\"+Inf\"} 4",
            "commonway_dropped_fields_total 3",
            "commonway_failures_total{kind=\"bad-request:missing-host\"} 1",
            "commonway_endpoint_connections_total 1",
            "commonway_table_info{digest=\"\(table.digest.hex)\"} 1",
        ] {
            #expect(lines.contains(expected[...]), "\(expected)")
        }
        #expect(lines.contains { $0.hasPrefix("commonway_table_age_seconds ") })
    }

    @Test func `every family of the metrics is declared once, before its samples`() throws {
        let admin = try loopback()
        let served = try Served(RouteTable.all(to: 1)) { $0.admin = admin }
        _ = try served.get()
        let address = try #require(try served.gateway.startAdmin())
        var declared: Set<String> = []
        for line in try get(address, "/metrics").text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words[1] == "TYPE" { #expect(declared.insert("\(words[2])").inserted) }
            if words[0] == "#" { continue }
            var name = words[0].prefix { $0 != "{" }[...]
            for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
                name = name.dropLast(suffix.count)
            }
            #expect(declared.contains("\(name)"), "\(line)")
        }
        #expect(declared.count > 20)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        ("POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 405),
        ("GET /metrics HTTP/1.1\r\n\r\n", 400), ("\0\0\0\0\r\n\r\n", 400),
    ])
    func `other requests are refused`(_ text: String, _ status: Int) throws {
        let admin = try loopback()
        let served = try Served(nil) { $0.admin = admin }
        let address = try #require(try served.gateway.startAdmin())
        #expect(try ask(address, text).status == status)
    }

    @Test func `on a path nobody but the owner may connect, and it goes with the gateway`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("admin.sock")
        let address = try #require(SocketAddress(path: path))
        let served = try Served(nil) { $0.admin = address }
        try served.gateway.startAdmin()
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try get(address, "/healthz").status == 200)
    }

    @Test func `an endpoint at the admin listener is never connected to`() throws {
        let listener = try Listener.alone(try loopback())
        let admin = listener.address
        let served = try Served(RouteTable.all(to: admin.port)) { $0.admin = admin }
        #expect(try served.get().head["commonway-error"] == "connect-forbidden")
    }

    @Test func `an address in use is named`() throws {
        let listener = try Listener.alone(try loopback())
        let taken = listener.address
        let served = try Served(nil) { $0.admin = taken }
        #expect(throws: GatewayError.addressInUse(taken)) { try served.gateway.startAdmin() }
        _ = consume listener
    }
}
