import CanonicalJSON
import Routing
import Testing

@testable import commonway

/// What `why` says where something is in force without a vote.
@Suite struct OverlayReports {
    private static let documents = [
        #"{"kind":"Backend","name":"b","endpoints":[{"address":"192.0.2.7","port":80},"#
            + #"{"address":"10.0.0.1","port":80}]}"#,
        #"{"kind":"HTTPRoute","name":"library","rules":[{"backendRefs":[{"name":"b"}]}]}"#,
    ]

    private func report(
        _ overlays: [Overlay], refusing refusals: [TableRefusal] = []
    ) throws -> OutcomeReport {
        var set = try DocumentSet(
            ratifying: Self.documents.map {
                try ProposedDocument(validating: JSONValue(parsing: $0.utf8, form: .relaxed))
            })
        set.lay(overlays, refusing: refusals)
        let request = AskedRequest(method: "GET", url: "http://h.org/", headers: [])
        return OutcomeReport(try request.read(), answer: [], by: Rehearsal(set))
    }

    private func refusal(_ network: String) throws -> TableRefusal {
        TableRefusal(
            index: 58, subject: .network(try #require(NetworkPrefix(text: network))))
    }

    private let disabled = Overlay(
        index: 57, key: DocumentKey(kind: .route, name: "library"), change: .disable)

    @Test func `a disabled route is told with its status and entry`() throws {
        let report = try report([disabled])
        #expect(
            report.value.line == """
                {"status":503,"route":"library","rule":"#1","backends":[],"path":null,\
                "host":null,"location":null,"requestHeaders":{},"responseHeaders":{},"mirrors":[],\
                "overlays":[{"kind":"disabled","name":"HTTPRoute/library","entry":57}]}
                """)
        #expect(
            ReportText(report: report).lines == [
                "the gateway answers 503: the route is disabled",
                "without a vote: HTTPRoute/library is disabled by stewards, entry 57",
            ])
    }

    @Test func `a refused route is told`() throws {
        let report = try report(
            [], refusing: [TableRefusal(index: 58, subject: .route("library"))])
        #expect(
            ReportText(report: report).lines == [
                "the gateway answers 451: the operator refuses it",
                "without a vote: HTTPRoute/library is refused by the operator, entry 58",
            ])
    }

    @Test func `a refused network is told where some endpoints lie in it, and where all do`() throws
    {
        let some = try report([], refusing: [refusal("192.0.2.0/24")])
        #expect(
            ReportText(report: some).lines == [
                "to b, weight 1 of 1", "as Host h.org, path /",
                "without a vote: network/192.0.2.0/24 is refused by the operator, entry 58",
            ])
        let all = try report([], refusing: [refusal("0.0.0.0/0")])
        #expect(all.status == 451)
    }

    @Test func `nothing laid over has no member for it`() throws {
        let line = try report([]).value.line
        #expect(line.hasSuffix("\"mirrors\":[]}"))
    }
}
