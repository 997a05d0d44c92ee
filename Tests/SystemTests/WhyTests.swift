import CanonicalJSON
import Foundation
import TestKit
import Testing

/// `commonway why` and `commonway plan` of the built program, on files and on a log.
@Suite struct WhyTests {
    private static let documents = """
        {kind: Backend, name: catalogue, endpoints: [{address: 10.0.0.7, port: 80}]}
        ---
        {kind: Backend, name: next, endpoints: [{address: 10.0.0.8, port: 80}]}
        ---
        kind: HTTPRoute
        name: library
        hostnames: [library.example]
        rules:
          - name: reading
            matches: [{path: {value: /books}, method: GET}]
            filters:
              - type: RequestHeaderModifier
                requestHeaderModifier: {add: [{name: X-By, value: us}]}
              - {type: RequestMirror, requestMirror: {backendRef: {name: next}, percent: 10}}
            backendRefs:
              - {name: catalogue, weight: 9}
              - name: next
                weight: 1
                filters: [{type: URLRewrite, urlRewrite: {hostname: next.example}}]
          - name: moved
            matches: [{path: {value: /old}}]
            filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]

        """

    private static let alone = ["COMMONWAY_CONFIG": "/nonexistent"]

    private func run(
        _ arguments: [String], input: String = "/dev/null"
    ) async throws -> CommandResult {
        try await CommandResult.of(
            try Checkout.program(), arguments, environment: Self.alone, inputFile: input)
    }

    @Test func `a request is answered offline, with what lost and to what`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.documents, to: "table.yaml")
        let result = try await run([
            "why", "POST", "http://library.example/old/x?y=1", "--documents", file,
        ])
        #expect(result.ending == .exited(0), "\(result.errorText)")
        #expect(result.outputText.contains("302"))
        #expect(result.outputText.contains("Location: https://library.example/old/x?y=1"))
        let other = try await run([
            "why", "POST", "http://library.example/books", "--documents", file,
        ])
        #expect(other.outputText.contains("its method is GET, not POST"))
    }

    @Test func `a line of a request is answered by one of exactly the members promised`()
        async throws
    {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.documents, to: "table.yaml")
        let requests = try folder.write(
            """
            {"url":"http://library.example/books/1","headers":{"x-by":"me","X-BY":["you"]}}
            {"method":"GET","url":"http://10.0.0.1:81/old","headers":{"Host":"library.example"}}
            {"url":"http://library.example/books/..%2fold"}

            """, to: "requests.jsonl")
        let result = try await run(["why", "--requests", requests, "--documents", file])
        #expect(
            result.outputText == """
                {"status":null,"route":"library","rule":"reading","backends":[{"name":"catalogue",\
                "weight":9},{"name":"next","weight":1,"host":"next.example"}],"path":"/books/1",\
                "host":"library.example","location":null,"requestHeaders":{"x-by":["me","you",\
                "us"]},"responseHeaders":{},"mirrors":["next"]}
                {"status":302,"route":"library","rule":"moved","backends":[],"path":null,\
                "host":null,"location":"https://library.example/old","requestHeaders":{},\
                "responseHeaders":{"Location":["https://library.example/old"]},"mirrors":[]}
                {"status":400,"route":null,"rule":null,"backends":[],"path":null,"host":null,\
                "location":null,"requestHeaders":{},"responseHeaders":{},"mirrors":[]}

                """)
        #expect(result.ending == .exited(0))
    }

    @Test func `requests and documents can come from standard input`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.documents, to: "table.yaml")
        let requests = try folder.write("{\"url\":\"http://x/\"}", to: "requests.jsonl")
        let first = try await run(
            ["why", "--requests", "-", "--documents", file], input: requests)
        let second = try await run(
            ["why", "--requests", requests, "--documents", "-"], input: file)
        #expect(first.outputText.hasPrefix("{\"status\":404,"))
        #expect(first.output == second.output)
        let both = try await run(["why", "--requests", "-", "--documents", "-"])
        #expect(both.ending == .exited(2))
    }

    @Test func `a wrong line is named with file and line, and nothing is printed`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.documents, to: "table.yaml")
        let requests = try folder.write(
            "{\"url\":\"http://x/\"}\n[]\n{\"url\":\"x\"}\n{\"url\":\"http://x/\",\"a\":1}\n",
            to: "requests.jsonl")
        let result = try await run(["why", "--requests", requests, "--documents", file])
        #expect(result.ending == .exited(2))
        #expect(result.output.isEmpty)
        for line in 2...4 { #expect(result.errorText.contains("requests.jsonl:\(line): ")) }
    }

    @Test func `documents with faults are named by file, line, column, field and expectation`()
        async throws
    {
        let folder = try TemporaryFolder()
        let wrong = Self.documents.replacing("percent: 10", with: "percent: 1000")
            .replacing("scheme: https", with: "scheme: ftp")
        let file = try folder.write(wrong, to: "wrong.yaml")
        let result = try await run(["why", "GET", "http://x/", "--documents", file])
        #expect(result.ending == .exited(2))
        #expect(
            result.errorText.contains(
                "wrong.yaml:14:82: /rules/0/filters/1/requestMirror/percent: 1000 is out of range; "
                    + "expected"), "\(result.errorText)")
        let missing = try folder.write(
            Self.documents.replacing("- name: next", with: "- name: none"), to: "missing.yaml")
        let other = try await run(["why", "GET", "http://x/", "--documents", missing])
        #expect(other.ending == .exited(2))
        #expect(
            other.errorText.contains("missing.yaml:17:15: /rules/0/backendRefs/1/name: "),
            "\(other.errorText)")
    }

    @Test(arguments: ["x", "//x/", "ftp://x/", "http://", "http://a@b/", "http://x:99999/"])
    func `what is no URL is refused`(url: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.documents, to: "table.yaml")
        let result = try await run(["why", "GET", url, "--documents", file])
        #expect(result.ending == .exited(2))
        #expect(result.errorText.contains("expected"))
    }

    @Test func `a log is verified first, and names the vote`() async throws {
        let log = try ForgedLog(Samples.library(port: 9))
        let arguments = [
            "why", "GET", "http://library.example/x", "--against", log.path, "--community",
            log.card,
        ]
        let words = try await run(arguments)
        #expect(words.outputText.contains("by proposal 1, enacted by entry"))
        #expect(words.outputText.contains("vote: yes 3 of 2 needed, no 0"), "\(words.outputText)")
        let shown = try await run(arguments + ["--json"])
        #expect(shown.outputText.contains("\"proposal\":{\"by\":1,"), "\(shown.outputText)")
        #expect(shown.outputText.contains("\"candidates\":[{\"route\":\"library\""))
        let unpinned = try await run(Array(arguments.dropLast(2)))
        #expect(unpinned.ending == .exited(2))
        let checkpoint = try String(contentsOfFile: log.path + "/checkpoint", encoding: .utf8)
        let forged = checkpoint.replacing("forge.example/log\n", with: "forge.example/log\n1")
        try forged.write(toFile: log.path + "/checkpoint", atomically: true, encoding: .utf8)
        #expect(try await run(arguments).ending == .exited(1))
    }

    @Test func `a plan on files ends with 0 for nothing, 3 for something, 2 for what is wrong`()
        async throws
    {
        let folder = try TemporaryFolder()
        let base = try folder.write(Self.documents, to: "table.yaml")
        let change = try folder.write(
            """
            {kind: HTTPRoute, name: narrow, hostnames: [library.example], rules: [{matches: [{\
            path: {value: /books/new}, method: GET}], backendRefs: [{name: next}]}]}
            """, to: "change.yaml")
        let requests = try folder.write(
            "{\"url\":\"http://library.example/books/new/1\"}\n{\"url\":\"http://x/\"}\n",
            to: "requests.jsonl")
        let same = try await run(["plan", "-f", base, "--documents", base])
        #expect(same.ending == .exited(0), "\(same.errorText)")
        let changed = try await run([
            "plan", "-f", change, "--documents", base, "--requests", requests, "--json",
        ])
        #expect(changed.ending == .exited(3), "\(changed.errorText)")
        #expect(
            changed.outputText.contains(
                "\"requests\":[{\"request\":{\"url\":\"http://library.example/books/new/1\"},"
                    + "\"before\":{\"status\":null,\"route\":\"library\""),
            "\(changed.outputText)")
        let deleted = try await run(["plan", "--delete", "HTTPRoute/library", "--documents", base])
        #expect(deleted.ending == .exited(3))
        for kept in ["Backend/next", "HTTPRoute/none"] {
            let refused = try await run(["plan", "--delete", kept, "--documents", base])
            #expect(refused.ending == .exited(2), "\(refused.errorText)")
        }
    }

    @Test func `a plan on a log needs no council`() async throws {
        let log = try ForgedLog(Samples.library(port: 9))
        let result = try await run([
            "plan", "--delete", "HTTPRoute/library", "--against", log.path, "--community", log.card,
        ])
        #expect(result.ending == .exited(3), "\(result.errorText)")
        #expect(result.outputText.contains("requests move: library/#1 → no rule (404)"))
    }
}
