import CanonicalJSON
import Routing
import Testing

/// A document that is refused: the field, what is wrong, and what was expected.
struct RefusedDocument: Sendable, CustomTestStringConvertible {
    let pointer: String
    let reason: String
    let expected: String
    let yaml: String

    init(_ pointer: String, _ reason: String, _ expected: String, _ yaml: String) {
        self.pointer = pointer
        self.reason = reason
        self.expected = expected
        self.yaml = yaml
    }

    var testDescription: String { "\(pointer): \(reason)" }

    /// A route whose only rule has these members.
    static func rule(
        _ pointer: String, _ reason: String, _ expected: String, _ members: String
    ) -> RefusedDocument {
        RefusedDocument(
            pointer.isEmpty ? "/rules/0" : "/rules/0/\(pointer)", reason, expected,
            "{kind: HTTPRoute, name: r, rules: [{\(members)}]}")
    }

    /// A route whose only rule has one filter with these members.
    static func filter(
        _ pointer: String, _ reason: String, _ expected: String, _ members: String
    ) -> RefusedDocument {
        rule(
            pointer.isEmpty ? "filters/0" : "filters/0/\(pointer)", reason, expected,
            "filters: [{\(members)}]")
    }

    /// A route whose only match has these members.
    static func match(
        _ pointer: String, _ reason: String, _ expected: String, _ members: String
    ) -> RefusedDocument {
        rule(
            pointer.isEmpty ? "matches/0" : "matches/0/\(pointer)", reason, expected,
            "matches: [{\(members)}]")
    }

    /// A route whose only match has this path.
    static func path(_ value: String, _ reason: String, _ expected: String) -> RefusedDocument {
        match("path/value", reason, expected, "path: {value: \"\(value)\"}")
    }

    /// A route with this hostname.
    static func host(_ name: String) -> RefusedDocument {
        RefusedDocument(
            "/hostnames/0", "\"\(name)\" is no hostname",
            "a DNS name such as library.example.org, or *. and one; no port, no IP address",
            "{kind: HTTPRoute, name: r, hostnames: [\"\(name)\"], rules: [{}]}")
    }

    /// A backend whose only endpoint has these members.
    static func endpoint(
        _ pointer: String, _ reason: String, _ expected: String, _ members: String
    ) -> RefusedDocument {
        RefusedDocument(
            pointer.isEmpty ? "/endpoints/0" : "/endpoints/0/\(pointer)", reason, expected,
            "{kind: Backend, name: b, endpoints: [{\(members)}]}")
    }
}

@Suite struct RefusedDocuments {
    @Test(
        arguments: RefusedDocument.envelopes + RefusedDocument.hostnames + RefusedDocument.paths
            + RefusedDocument.matches + RefusedDocument.rules + RefusedDocument.backends
            + RefusedDocument.limits + RefusedDocument.filters + RefusedDocument.headerEdits
            + RefusedDocument.places + RefusedDocument.cors + RefusedDocument.times
            + RefusedDocument.keepers)
    func `a refusal names the field, the reason and what was expected`(
        example: RefusedDocument
    ) throws {
        let value = try #require(try values(example.yaml).first)
        let fault = #expect(throws: DocumentFault.self) {
            try RouteDocument(validating: value)
        }
        #expect(fault?.pointer == example.pointer)
        #expect(fault?.reason == example.reason)
        #expect(fault?.expected == example.expected)
    }
}
