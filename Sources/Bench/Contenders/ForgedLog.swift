import CanonicalJSON
import Forge
import Foundation
import Governance

/// A log that Bench forged, so that the gateway gets its table as any gateway does.
///
/// Route n is rule n mod 10 of the document n / 10: `/` or `/r1`…`/r9` below the host
/// `hNNNN.bench.localhost`, the first one also under `bench.localhost`.
struct ForgedLog {
    /// Where it is published.
    let published: PublishedLog
    private var forge: Forge

    /// Rules of one document.
    private static let rulesPerDocument = 10
    /// Documents of one proposal, the most that one may have.
    private static let documentsPerProposal = 10
    private static let backend = "backend"

    /// Forges a log and publishes it.
    ///
    /// - Parameters:
    ///   - routes: How many, a multiple of 10.
    ///   - backendPort: Where on 127.0.0.1 all of them lead.
    ///   - folder: Where log and card go; made when it is not there.
    /// - Throws: ``BenchFault/log(_:)``.
    init(routes: Int, backendPort: UInt16, folder: URL) throws(BenchFault) {
        do {
            forge = try Forge(charter: Charter.demonstration)
            try forge.enact([Self.applying(Self.backend(port: backendPort))])
            let documents = (0..<(routes / Self.rulesPerDocument)).map {
                Self.applying(Self.route($0))
            }
            for first in stride(from: 0, to: documents.count, by: Self.documentsPerProposal) {
                let end = min(first + Self.documentsPerProposal, documents.count)
                try forge.enact(Array(documents[first..<end]))
            }
        } catch {
            throw .log("\(error)")
        }
        published = try PublishedLog(forge, in: folder)
    }

    /// Has the first document enacted anew with other names, and publishes that.
    ///
    /// - Parameter turn: Tells this change from those before it.
    /// - Returns: The proposal's number, which responses cite once the new table is served.
    /// - Throws: ``BenchFault/log(_:)``.
    mutating func swap(_ turn: Int) throws(BenchFault) -> Int {
        do {
            let before = forge.entries.count
            let proposal = try forge.enact([Self.applying(Self.route(0, prefix: "s\(turn)r"))])
            try forge.publish(to: published.folder, from: before)
            return proposal
        } catch {
            throw .log("\(error)")
        }
    }

    /// The octets of its entries.
    var octets: Int { forge.entries.reduce(0) { $0 + $1.count } }

    /// Where a route is found.
    static func place(ofRoute number: Int) -> (host: String, path: String) {
        let rule = number % rulesPerDocument
        return (
            "\(name(ofDocument: number / rulesPerDocument)).bench.localhost",
            rule == 0 ? "/page" : "/r\(rule)/page"
        )
    }

    private static func name(ofDocument number: Int) -> String {
        let digits = String(number)
        return "h" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func applying(_ document: JSONValue) -> JSONValue {
        ["op": "apply", "document": document]
    }

    private static func backend(port: UInt16) -> JSONValue {
        [
            "kind": "Backend", "name": .string(backend), "protocol": "http",
            "endpoints": [["address": "127.0.0.1", "port": .integer(Int64(port))]],
        ]
    }

    private static func route(_ number: Int, prefix: String = "r") -> JSONValue {
        let name = name(ofDocument: number)
        var hostnames: [JSONValue] = [.string("\(name).bench.localhost")]
        if number == 0 { hostnames.append("bench.localhost") }
        let rules = (0..<rulesPerDocument).map { rule -> JSONValue in
            let path = rule == 0 ? "/" : "/r\(rule)"
            return [
                "name": .string("\(prefix)\(rule)"),
                "matches": [["path": ["type": "PathPrefix", "value": .string(path)]]],
                "backendRefs": [["name": .string(backend)]],
            ]
        }
        return [
            "kind": "HTTPRoute", "name": .string(name), "hostnames": .array(hostnames),
            "rules": .array(rules),
        ]
    }
}
