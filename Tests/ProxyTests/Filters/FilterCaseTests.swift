import CanonicalJSON
import Documents
import Proxy
import Reactor
import Routing
import Synchronization
import TestKit
import Testing

/// A gateway in front of the backends that the cases of filters name, each of which keeps what it
/// gets and answers what the case says.
private final class Stage {
    /// What a backend got.
    final class Seen: Sendable {
        private let heads = Mutex<[Head]>([])
        func append(_ head: Head) { heads.withLock { $0.append(head) } }
        var last: Head? { heads.withLock { $0.last } }
        var count: Int { heads.withLock { $0.count } }
    }

    let seen: [String: Seen]
    private let servers: [EndpointServer]
    private let served: Served

    /// Fields that the gateway writes by itself.
    static let own: Set<String> = [
        "host", "via", "forwarded", "traceparent", "connection", "content-length", "date",
        "commonway-route", "commonway-error", "content-type", "x-forwarded-for",
        "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port",
    ]

    init(_ example: FilterCase) throws {
        let answer = example.request.answer.map { "\($0)\r\n" }.joined()
        var seen: [String: Seen] = [:]
        var servers: [EndpointServer] = []
        var documents: [JSONValue] = []
        for name in FilterCase.backends {
            let record = Seen()
            seen[name] = record
            let server = try EndpointServer { wire, _ in
                while true {
                    let head = try wire.readHead()
                    _ = try wire.readBody(of: head)
                    record.append(head)
                    try wire.send("HTTP/1.1 200 OK\r\nServed-By: \(name)\r\n")
                    try wire.send("\(answer)Content-Length: 0\r\n\r\n")
                }
            }
            servers.append(server)
            let text = RouteTable.backend(name, [server.port])
            documents.append(try JSONValue(parsing: text.utf8, form: .relaxed))
        }
        documents += try Documents.parse(
            Array(example.documents.utf8), format: .yaml, name: "case"
        ).map(\.value)
        var set = DocumentSet()
        for (number, document) in documents.enumerated() {
            try set.apply(
                OperationBundle(applying: [document]),
                by: Enactment(entry: number + 1, proposal: number + 1))
        }
        self.seen = seen
        self.servers = servers
        let loopback = try #require(AddressNetwork("127.0.0.0/8"))
        served = try Served(RouteTable(compiling: set)) { configuration in
            configuration.trustedNetworks = [loopback]
            // The pure outcome names a secret; here its value is that text.
            for part in example.documents.components(of: "secret: ") {
                for name in FilterCase.backends {
                    configuration.secrets.hold("(secret \(part))", as: part, for: name)
                }
            }
        }
    }

    /// Asks the case's request, which a trusted peer passes on with scheme and port.
    func ask(_ request: FilterCase.Request) throws -> Response {
        let known = request.scheme == "https" ? 443 : 80
        let host = request.port == known ? request.host : "\(request.host):\(request.port)"
        let target = request.path + (request.query.map { "?\($0)" } ?? "")
        return try served.ask(
            "\(request.method) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
                + "X-Forwarded-Proto: \(request.scheme)\r\nX-Forwarded-Port: \(request.port)\r\n"
                + request.fields.map { "\($0)\r\n" }.joined() + "\r\n")
    }
}

extension String {
    /// The words of letters, digits and `-` behind each place of a mark.
    fileprivate func components(of mark: String) -> [String] {
        split(separator: mark).dropFirst().map { part in
            String(part.prefix { $0.isLetter || $0.isNumber || $0 == "-" })
        }
    }
}

/// The lines of a message that are not the gateway's own, by name, those of one name in order.
private func lines(_ head: Head) -> [String] {
    head.fields.filter { !Stage.own.contains($0.name) && $0.name != "served-by" }
        .enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
        .map { "\($0.element.name): \($0.element.value)" }
}

private func lines(_ expected: [FilterCase.Line]) -> [String] {
    expected.map { (name: $0.name.lowercased(), value: $0.value) }
        .filter { !Stage.own.contains($0.name) }
        .enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
        .map { "\($0.element.name): \($0.element.value)" }
}

/// The cases of filters, asked of a live gateway with real backends.
@Suite(.serialized) struct `Filters on the wire` {
    @Test(arguments: FilterCase.all)
    func `the gateway does what the page says`(example: FilterCase) throws {
        let stage = try Stage(example)
        if let status = example.expected.status {
            let response = try stage.ask(example.request)
            #expect(response.status == status, "\(example)")
            #expect(lines(response.head) == lines(example.expected.fields), "\(example)")
            return
        }
        var answers: [String: Response] = [:]
        // As many turns as weights of a hundred need to reach every backend.
        for _ in 0..<200 where answers.count < example.expected.shares.count {
            let response = try stage.ask(example.request)
            answers[response.head["served-by"] ?? "none"] = response
        }
        for share in example.expected.shares {
            let response = try #require(answers[share.backend], "\(example)")
            let head = try #require(stage.seen[share.backend]?.last)
            let query = example.request.query.map { "?\($0)" } ?? ""
            let words = head.startLine.split(separator: " ")
            #expect("\(head["host"] ?? "")\(words[1])" == share.target + query, "\(example)")
            #expect(lines(head) == lines(share.fields), "\(example)")
            #expect(lines(response.head) == lines(share.answer), "\(example)")
        }
        for copy in example.expected.mirrors where copy.hasSuffix(" 100/100") {
            let record = try #require(stage.seen[String(copy.prefix { $0 != " " })])
            for _ in 0..<1000 where record.count == 0 { Pause.milliseconds(5) }
            #expect(record.count > 0, "\(example)")
        }
    }
}
