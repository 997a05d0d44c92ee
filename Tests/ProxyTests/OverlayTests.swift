import Proxy
import Routing
import Testing

@Suite struct `Routes that are disabled, refused or restored` {
    private func documents(_ endpoint: EndpointServer) -> [String] {
        [
            RouteTable.backend("b", [endpoint.port]),
            RouteTable.route("broad", to: [("b", 1)]),
            RouteTable.route("narrow", prefix: "/x", to: [("b", 1)]),
        ]
    }

    @Test func `a disabled route answers 503, and no broader route takes its requests`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(
            RouteTable.compiled(documents(endpoint), laying: [.disable("narrow", at: 40)]))
        let wire = try served.connect()
        for _ in 0..<2 {
            try wire.send("GET /x/y HTTP/1.1\r\nHost: a\r\n\r\n")
            let response = try wire.readResponse()
            #expect(response.status == 503)
            #expect(response.head["commonway-error"] == "route-disabled")
            #expect(response.head["retry-after"] == nil)
            #expect(
                response.head["commonway-route"]?.hasPrefix(
                    "route=\"narrow/#1\", proposal=3, entry=3, overlay=40, table=\"") == true)
            #expect(response.text.contains("\"kind\":\"route-disabled\""))
        }
        #expect(endpoint.connectionCount == 0)
        #expect(try served.get("/y").status == 200)
        #expect(served.gateway.metricsText.contains("kind=\"route-disabled\"} 2"))
    }

    @Test func `a refused route answers 451, which no cache may keep`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(
            RouteTable.compiled(
                documents(endpoint), laying: [.disable("narrow", at: 40)],
                refusing: [.route("narrow", at: 41)]))
        let response = try served.ask(
            "GET /x HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
        #expect(response.head.startLine == "HTTP/1.1 451 Unavailable For Legal Reasons")
        #expect(response.head["commonway-error"] == "refused:route")
        #expect(response.head["cache-control"] == "no-store")
        #expect(response.head["commonway-route"]?.contains(", overlay=41, ") == true)
        #expect(response.text.contains("<h1>451 Unavailable For Legal Reasons</h1>"))
        #expect(endpoint.connectionCount == 0)
    }

    @Test(arguments: [
        #""filters":[{"type":"RequestRedirect","requestRedirect":{"hostname":"x.org"}}]"#,
        #""filters":[{"type":"CORS","cors":{"allowOrigins":["*"],"allowMethods":["*"]}}],"#
            + #""backendRefs":[{"name":"b"}]"#,
        #""filters":[{"type":"ResponseHeaderModifier","responseHeaderModifier":{"set":[{"name":"#
            + #""Location","value":"x"}]}}],"backendRefs":[{"name":"b","filters":[{"type":"CORS","#
            + #""cors":{"allowOrigins":["*"]}}]}]"#,
    ])
    func `no filter acts on a request of a disabled route`(rule: String) throws {
        let endpoint = try EndpointServer.echo()
        let documents = [
            RouteTable.backend("b", [endpoint.port]),
            #"{"kind":"HTTPRoute","name":"r","rules":[{\#(rule)}]}"#,
        ]
        let preflight =
            "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://a.org\r\n"
            + "Access-Control-Request-Method: PUT\r\n\r\n"
        let served = try Served(
            RouteTable.compiled(documents, laying: [.disable("r", at: 40)]))
        for ask in [preflight, "GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://a.org\r\n\r\n"] {
            let response = try served.ask(ask)
            #expect(response.status == 503)
            #expect(response.head["location"] == nil)
            #expect(response.head["access-control-allow-origin"] == nil)
        }
        #expect(endpoint.connectionCount == 0)
    }

    @Test func `a disabled route serves again when the overlay ends`() throws {
        let endpoint = try EndpointServer.echo()
        let documents = documents(endpoint)
        let served = try Served(
            RouteTable.compiled(documents, laying: [.disable("broad", at: 40)]))
        #expect(try served.get().status == 503)
        served.gateway.publish(try RouteTable.compiled(documents))
        #expect(try served.comes(200))
    }

    @Test func `restored routes and a keeper's endpoints serve`() throws {
        let former = try EndpointServer.echo(name: "former")
        let moved = try EndpointServer.echo(name: "moved")
        let served = try Served(
            RouteTable.compiled(
                Array(documents(former).prefix(1)),
                laying: [
                    try .restore(RouteTable.route("old", prefix: "/o", to: [("b", 1)]), at: 40),
                    try .endpoints(moved.port, of: "b", at: 41),
                ]))
        let response = try served.get("/o")
        #expect(response.status == 200)
        #expect(response.head["served-by"] == "moved")
        #expect(
            response.head["commonway-route"]?.hasPrefix(
                "route=\"old/#1\", proposal=2, entry=7, overlay=40, ") == true)
        #expect(former.connectionCount == 0)
        #expect(try served.get("/").status == 404)
    }
}

@Suite struct `Networks that are refused` {
    private func table(
        _ hosts: [String], _ port: UInt16, refusing networks: [TableRefusal]
    ) throws -> RouteTable {
        let endpoints = hosts.map { #"{"address":"\#($0)","port":\#(port)}"# }
            .joined(separator: ",")
        return try RouteTable.compiled(
            [
                #"{"kind":"Backend","name":"b","endpoints":[\#(endpoints)]}"#,
                RouteTable.route("r", to: [("b", 1)]),
            ], refusing: networks)
    }

    @Test(arguments: ["127.0.0.1", "::ffff:127.0.0.1", "localhost"])
    func `what would go there is answered 451`(host: String) throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(
            table(
                [host], endpoint.port,
                refusing: .networks("127.0.0.0/8", "::1/128", from: 40)))
        let response = try served.get()
        #expect(response.status == 451)
        #expect(response.head["commonway-error"] == "refused:network")
        #expect(endpoint.connectionCount == 0)
    }

    @Test func `other endpoints of the backend serve, and other addresses of a name`() throws {
        let endpoint = try EndpointServer.echo()
        let beside = try Served(
            table(
                ["127.0.0.2", "127.0.0.1", "127.0.0.3"], endpoint.port,
                refusing: .networks("127.0.0.2/31", from: 40)))
        for _ in 0..<6 { #expect(try beside.get().status == 200) }
        #expect(beside.gateway.counters.retries == 0)
        let named = try Served(
            table(["localhost"], endpoint.port, refusing: .networks("::1/128", from: 40)))
        #expect(try named.get().status == 200)
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `no connection that is open already is used, and permitting it serves again`(
        host: String
    ) throws {
        let endpoint = try EndpointServer.echo()
        let refused = try table(
            [host], endpoint.port, refusing: .networks("127.0.0.1/32", "::1/128", from: 40))
        let permitted = try table([host], endpoint.port, refusing: [])
        let served = try Served(permitted)
        for _ in 0..<3 { #expect(try served.get().status == 200) }
        #expect(endpoint.connectionCount == 1)
        served.gateway.publish(refused)
        #expect(try served.comes(451))
        #expect(try served.get().status == 451)
        #expect(served.gateway.metricsText.contains("commonway_endpoint_connections_idle 0"))
        served.gateway.publish(permitted)
        #expect(try served.comes(200))
        #expect(endpoint.connectionCount == 2)
    }

    @Test func `no copy goes there either`() throws {
        let main = try EndpointServer.echo()
        let mirror = try EndpointServer.echo()
        let table = try RouteTable.compiled(
            [
                RouteTable.backend("b", [main.port]),
                RouteTable.backend("m", [mirror.port], host: "127.0.0.2"),
                #"{"kind":"HTTPRoute","name":"r","rules":[{"filters":[{"type":"RequestMirror","#
                    + #""requestMirror":{"backendRef":{"name":"m"}}}],"backendRefs":[{"name":"b"}"#
                    + #"]}]}"#,
            ], refusing: .networks("127.0.0.2/32", from: 40))
        let served = try Served(table)
        for _ in 0..<3 { #expect(try served.get().status == 200) }
        #expect(served.gateway.metricsText.contains("commonway_mirrored_lost_total 3"))
        #expect(mirror.connectionCount == 0)
    }

    @Test func `a refused network leaves others as they are`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(
            table(["127.0.0.1"], endpoint.port, refusing: .networks("192.0.2.0/24", from: 40)))
        #expect(try served.get().status == 200)
    }
}
