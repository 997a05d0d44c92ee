import CanonicalJSON
import Council
import Governance
import Routing
import TestKit
import Testing

@testable import AdminAPI

@Suite struct `The OpenAPI document` {
    private static func document() throws -> JSONValue {
        try JSONValue(
            parsing: try Checkout.contents(of: "web-static/openapi.json"), form: .relaxed)
    }

    @Test func `it describes every call that is served, and no other`() async throws {
        let paths = try #require(try Self.document()["paths"]?.object)
        let described = paths.members.flatMap { path in
            (path.value.object?.members ?? []).map { "\($0.name.uppercased()) \(path.name)" }
        }
        try await Community.serving { community in
            let server = AdminServer.calls(
                council: community.council, credentials: community.credentials,
                records: community.records, traffic: RecordedTraffic(gateways: 0),
                configuration: AdminConfiguration(
                    address: "", port: 0, logFolder: "", clock: .continuous),
                openAPI: nil)
            let served = server.map(\.name)
            #expect(served.sorted() == described.sorted())
            for call in server {
                let operation = paths[call.path]?[call.methodName.lowercased()]
                let parameters = operation?["parameters"]?.array ?? []
                let names = parameters.filter { $0["in"]?.string != "path" }.compactMap {
                    $0["name"]?.string
                        ?? $0["$ref"]?.string.map {
                            String($0.split(separator: "/").last ?? "")
                        }
                }
                #expect(names.sorted() == call.queryNames.sorted(), "\(call.path)")
            }
        }
    }

    @Test func `every answer has the form that it promises`() async throws {
        let schemas = Schemas(try Self.document())
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            #expect(try await community.propose(token: token).status == 201)
            #expect(try await community.propose(token: token, name: "archive").status == 201)
            try await community.pass(milliseconds: 1_500)
            let open = try #require(
                try await community.get("/proposals/1").json()["open"]?["leaf"])
            let ballot = try await community.vote(open: open, token: token)
            #expect(ballot.status == 201)
            try await community.pass(milliseconds: 20_000)
            let hash = try #require(try ballot.json()["hash"]?.string)
            let calls = [
                ("/community", "/community"), ("/sessions/current", "/sessions/current"),
                ("/members", "/members"), ("/members/{number}", "/members/2"),
                ("/proposals", "/proposals"), ("/proposals/{number}", "/proposals/1"),
                ("/proposals/{number}/ballots", "/proposals/1/ballots"), ("/owed", "/owed"),
                ("/documents", "/documents"), ("/table", "/table"), ("/entries", "/entries"),
                ("/entries/{index}", "/entries/0"), ("/checkpoint", "/checkpoint"),
                ("/statements/{hash}", "/statements/\(hash)"), ("/traffic", "/traffic"),
                ("/witnesses", "/witnesses"), ("/overlays", "/overlays"),
            ]
            for (path, asked) in calls {
                let reply = try await community.get(asked, token: token)
                #expect(reply.status == 200, "\(asked)")
                #expect(schemas.faults(in: try reply.json(), of: path).isEmpty, "\(asked)")
            }
        }
    }

    @Test func `what stands without a vote has the form that it promises`() async throws {
        let schemas = Schemas(try Self.document())
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            try await community.enact(
                [Community.keptCatalogue, Community.route("library", host: "a.org")], token: token)
            let old = try #require(Community.route("library", host: "a.org")["document"])
            try await community.enact([Community.route("library", host: "b.org")], token: token)
            try await community.enact([Community.route("shelf", host: "s.org")], token: token)
            try await community.hand(by: 1, "emergency", ["restore": old], token: token)
            for member in [1, 2] {
                try await community.hand(
                    by: member, "emergency", ["disable": "shelf"], token: token)
            }
            let document = try #require(Community.keptCatalogue["document"])
            try await community.hand(
                by: 2, "endpoints",
                [
                    "backend": "catalogue", "endpoints": [["address": "10.0.0.7", "port": 80]],
                    "document": .string(ContentDigest(of: document.canonicalOctets).hex),
                ], token: token)
            try await community.hand(
                by: 3, "undo", ["backend": "catalogue", "keeper": 2], token: token)
            try await community.pass(milliseconds: 1)
            for path in ["/overlays", "/documents", "/proposals"] {
                let faults = schemas.faults(in: try await community.get(path).json(), of: path)
                #expect(faults.isEmpty, "\(path): \(faults)")
            }
        }
    }

    @Test func `a plan has the form that it promises, and the report beside it`() async throws {
        let schemas = Schemas(try Self.document())
        let field: JSONValue = [["name": "x", "value": "1"]]
        let operations = [
            ("broad", [[:]]), ("narrow", [["headers": field, "queryParams": field]]),
        ]
        .map { (name: String, matches: JSONValue) -> JSONValue in
            [
                "op": "apply",
                "document": [
                    "kind": "HTTPRoute", "name": .string(name), "hostnames": ["a.org"],
                    "rules": [["matches": matches]],
                ],
            ]
        }
        try await Community.serving { community in
            let reply = try await community.post("/plan", ["operations": .array(operations)])
            #expect(reply.status == 200)
            let answer = try reply.json()
            #expect(answer["traffic"] == nil)
            let faults = schemas.faults(in: answer, of: "/plan", "post")
            #expect(faults.isEmpty, "\(faults)")
            let changes = try #require(answer["shadow"]?["changes"]?.array)
            #expect(changes.map { $0["after"]?["rule"] } == ["broad/#1", "narrow/#1"])
            #expect(changes[0]["except"]?.array?.count == 1)
            #expect(changes[1]["example"]?["url"] == "http://a.org/any?x=1")
            // What is hashed stays the plan alone.
            let plan = try #require(answer["plan"])
            #expect(plan.object?.members.map(\.name) == ["changes", "class", "moves"])
            let digest = ContentDigest(of: plan.canonicalOctets)
            #expect(answer["digest"] == .string(digest.hex))
        }
    }

    @Test func `recorded traffic has the form that it promises, and plans say what it tells`()
        async throws
    {
        let schemas = Schemas(try Self.document())
        let operation: JSONValue = [
            "op": "apply",
            "document": [
                "kind": "HTTPRoute", "name": "new", "hostnames": ["a.org"], "rules": [[:]],
            ],
        ]
        let traffic = RecordedTraffic(gateways: 2)
        try await Community.serving(traffic: traffic) { community in
            // What nothing served, as one gateway counted under the table of the day.
            let table = try #require(try await community.get("/table").json()["digest"]?.string)
            var summary = TrafficSummary()
            let kind = TrafficKind(
                table: String(table.prefix(16)), rule: "", host: "a.org", method: "GET",
                status: .clientError)
            summary.add(5, of: kind, in: 400_000)
            traffic.set(summary, of: 0, at: 400_000)
            traffic.set(nil, of: 1, at: 400_000)
            let answer = try await community.get("/traffic").json()
            #expect(schemas.faults(in: answer, of: "/traffic").isEmpty)
            #expect(answer["verified"] == false)
            #expect(answer["gateways"] == 2)
            #expect(answer["answered"] == 1)
            #expect(answer["summary"] == summary.value)
            let plan = try await community.post("/plan", ["operations": [operation]]).json()
            #expect(schemas.faults(in: plan, of: "/plan", "post").isEmpty)
            #expect(plan["traffic"]?["requests"] == 5)
            #expect(plan["traffic"]?["atLeast"] == 5)
            // A week later nothing is left of it.
            traffic.set(nil, of: 0, at: 400_168)
            let later = try await community.get("/traffic").json()
            #expect(later["summary"] == TrafficSummary().value)
        }
    }
}

/// The parts of JSON Schema that the document uses.
private struct Schemas {
    private let document: JSONValue

    init(_ document: JSONValue) { self.document = document }

    /// What in an answer is not as promised; empty when all is.
    func faults(
        in answer: JSONValue, of path: String, _ method: String = "get"
    ) -> [String] {
        let content = document["paths"]?[path]?[method]?["responses"]?["200"]?["content"]
        guard let schema = content?["application/json"]?["schema"] else {
            return ["no schema for \(path)"]
        }
        return faults(answer, schema, at: "")
    }

    private func faults(_ value: JSONValue, _ given: JSONValue, at place: String) -> [String] {
        var schema = given
        if let name = given["$ref"]?.string?.split(separator: "/").last,
            let named = document["components"]?["schemas"]?[String(name)]
        {
            schema = named
        }
        if let allowed = schema["enum"]?.array, !allowed.contains(value) {
            return ["\(place): \(value.canonicalText) is none of those allowed"]
        }
        switch (schema["type"]?.string, value) {
        case ("string", .string), ("integer", .integer), ("boolean", .bool): return []
        case ("array", .array(let elements)):
            return elements.enumerated().flatMap { index, element in
                faults(element, schema["items"] ?? [:], at: "\(place)/\(index)")
            }
        case ("object", .object(let object)): return faults(object, schema, at: place)
        case (let type, _): return ["\(place): \(value.typeName) instead of \(type ?? "nothing")"]
        }
    }

    private func faults(_ object: JSONObject, _ schema: JSONValue, at place: String) -> [String] {
        let required = schema["required"]?.array?.compactMap(\.string) ?? []
        let missing = required.filter { object[$0] == nil }.map { "\(place)/\($0) is missing" }
        guard let properties = schema["properties"] else { return missing }
        return missing
            + object.members.flatMap { member -> [String] in
                let inner = "\(place)/\(member.name)"
                guard let known = properties[member.name] else { return ["\(inner) is unknown"] }
                return faults(member.value, known, at: inner)
            }
    }
}
