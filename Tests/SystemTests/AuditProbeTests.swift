import CanonicalJSON
import TestKit
import Testing

/// `commonway audit probe` against running gateways, honest and not.
@Suite struct AuditProbeTests {
    /// Routes with everything that matches can ask for, and rules that the gateway answers itself.
    private static func routes(port: Int64) -> [JSONValue] {
        let backend: JSONValue = [["name": "catalogue"]]
        return [
            Samples.backend("catalogue", port: port),
            route(
                "library", ["library.example"],
                [
                    ["matches": [["path": ["value": "/books"]]], "backendRefs": backend],
                    [
                        "matches": [
                            [
                                "path": ["value": "/books/rare", "type": "Exact"],
                                "headers": [["name": "x-edition", "value": "beta 2"]],
                                "queryParams": [["name": "q", "value": "a&b=c"]],
                            ]
                        ], "backendRefs": backend,
                    ],
                    [
                        "matches": [["path": ["value": "/books/new"], "method": "POST"]],
                        "backendRefs": backend,
                    ],
                    // Its place names the port that was asked.
                    [
                        "matches": [["path": ["value": "/older"]]],
                        "filters": [
                            [
                                "type": "RequestRedirect",
                                "requestRedirect": ["hostname": "other.example"],
                            ]
                        ],
                    ],
                    [
                        "matches": [["path": ["value": "/old"]]],
                        "filters": [
                            [
                                "type": "RequestRedirect",
                                "requestRedirect": ["scheme": "https"],
                            ]
                        ],
                    ],
                ]),
            route("any", ["*.wild.example"], [["backendRefs": backend]]),
        ]
    }

    private static func route(
        _ name: String, _ hosts: [JSONValue], _ rules: [JSONValue]
    ) -> JSONValue {
        [
            "op": "apply",
            "document": [
                "kind": "HTTPRoute", "name": .string(name), "hostnames": .array(hosts),
                "rules": .array(rules),
            ],
        ]
    }

    private func probe(
        _ address: String, _ log: ForgedLog, _ more: String...
    ) async throws -> CommandResult {
        try await CommandResult.of(
            try Checkout.program(),
            [
                "audit", "probe", "http://\(address)", "--against", log.path, "--community",
                log.card,
            ] + more, environment: ["COMMONWAY_CONFIG": "/nonexistent"])
    }

    @Test func `a gateway that does what the log says has no difference`() async throws {
        let echo = try await Served.echo("catalogue")
        let log = try ForgedLog(Self.routes(port: echo.port))
        let gateway = try await Served.gateway(log: log.path, card: log.card, state: log.state)
        _ = try await gateway.program.errors.line(containing: "serving 3 documents")
        let agreed = try await probe(gateway.address, log)
        #expect(agreed.ending == .exited(0), "\(agreed.outputText)\(agreed.errorText)")
        #expect(agreed.output.isEmpty)
        #expect(agreed.errorText.contains("left out: library/#3 match 1: POST"))
        let all = try await probe(gateway.address, log, "--unsafe-methods", "--json")
        #expect(all.ending == .exited(0), "\(all.outputText)")
        #expect(all.outputText.contains("\"differing\":0"))
        #expect(all.outputText.contains("\"method\":\"POST\""))
        #expect(all.outputText.contains("/books/rare?q=a%26b%3Dc"))
        #expect(all.outputText.contains("\"location\":\"https://library.example/old\""))
        let port = try #require(gateway.address.split(separator: ":").last)
        #expect(all.outputText.contains("\"location\":\"http://other.example:\(port)/older\""))
        let routes = (1...5).map { "library/#\($0)" } + ["any/#1"]
        for route in routes {
            #expect(all.outputText.contains("route=\\\"\(route)\\\""), "\(route)")
        }
        for process in [gateway, echo] { try await process.stop() }
    }

    @Test func `a gateway that serves something else is found, request by request`()
        async throws
    {
        let echo = try await Served.echo("catalogue")
        let log = try ForgedLog(Self.routes(port: echo.port))
        // The same votes without the last route: what an operator might rather serve.
        let other = try ForgedLog(Array(Self.routes(port: echo.port).dropLast()))
        let gateway = try await Served.gateway(
            log: other.path, card: other.card, state: other.state)
        _ = try await gateway.program.errors.line(containing: "serving 2 documents")
        let result = try await probe(gateway.address, log)
        #expect(result.ending == .exited(3), "\(result.errorText)")
        let port = try #require(gateway.address.split(separator: ":").last)
        #expect(
            result.outputText.contains(
                "GET http://commonway-probe.wild.example:\(port)/: "
                    + "expected route=\"any/#1\", proposal=1"), "\(result.outputText)")
        #expect(result.outputText.contains("found no route with status 404"))
        let nothing = try await probe(echo.address, log, "--max", "2")
        #expect(nothing.ending == .exited(3))
        #expect(nothing.errorText.contains("beyond --max 2"))
        for process in [gateway, echo] { try await process.stop() }
        let gone = try await probe(gateway.address, log)
        #expect(gone.ending == .exited(4))
        #expect(gone.errorText.contains("next:"))
        let wrong = try await CommandResult.of(
            try Checkout.program(), ["audit", "probe", "gateway", "--against", log.path])
        #expect(wrong.ending == .exited(2))
    }
}
