import CanonicalJSON
import Documents
import Proxy
import Routing
import TestKit
import Testing

/// The golden cases of matching as real requests: which rule served each says the gateway's own
/// citation.
@Suite(.serialized) struct `Matching on the wire` {
    private func table(_ documents: String, port: UInt16) throws -> RouteTable {
        let backend = RouteTable.backend("b", [port])
        var values = [try JSONValue(parsing: backend.utf8, form: .relaxed)]
        values += try Documents.parse(Array(documents.utf8), format: .yaml, name: "case")
            .map(\.value)
        var set = DocumentSet()
        for (number, value) in values.enumerated() {
            try set.apply(
                OperationBundle(applying: [value]),
                by: Enactment(entry: number + 1, proposal: number + 1))
        }
        return RouteTable(compiling: set)
    }

    /// The request as octets of HTTP/1.1: `GET a.example.org/path | Name: value`.
    private func message(_ line: String) -> String {
        let parts = line.split(separator: " | ", omittingEmptySubsequences: false)
        let words = parts[0].split(separator: " ", maxSplits: 1)
        let host = words[1].prefix { $0 != "/" }
        let target = words[1].dropFirst(host.count)
        // Only HTTP/1.0 may come without a host.
        let start = host == "-" ? "HTTP/1.0\r\n" : "HTTP/1.1\r\nHost: \(host)\r\n"
        return "\(words[0]) \(target) \(start)"
            + parts.dropFirst().map { "\($0)\r\n" }.joined() + "\r\n"
    }

    @Test(arguments: GoldenCase.all)
    func `a live gateway decides as the page says`(example: GoldenCase) throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(table(example.documents, port: endpoint.port))
        let response = try served.ask(message(example.request))
        let citation = response.head["commonway-route"] ?? ""
        let label = citation.split(separator: "\"").dropFirst().first.map { String($0) }
        #expect(response.status == (example.expected == "404" ? 404 : 200), "\(response.text)")
        #expect((label ?? "404") == example.expected)
    }
}
