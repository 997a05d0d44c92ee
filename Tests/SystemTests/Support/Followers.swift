import Foundation
import TestKit

/// Gateways on machines of their own, as it were: they share an address, where the log is.
struct Followers {
    let gateways: [Served]

    /// How often each looks at the log, as unless said otherwise.
    private static let poll = ["--poll", "1000"]

    /// What a gateway answered.
    struct Answer: Equatable {
        let status: Int
        /// The beginning of the digest of the table that decided; empty where none is named.
        let table: String
    }

    /// Starts them.
    init(_ count: Int, of community: Community, log address: String) async throws {
        var gateways: [Served] = []
        for number in 1...count {
            gateways.append(
                try await Served.gateway(
                    log: address, card: community.card, state: community.path("state-\(number)"),
                    loops: 1, Self.poll))
        }
        self.gateways = gateways
    }

    /// What all of them answer to one request, by one client.
    func answers(_ host: String) async throws -> [Answer] {
        let targets = gateways.flatMap { ["-o", "/dev/null", "http://\($0.address)/"] }
        let curl = try await CommandResult.of(
            "curl", ["-sS", "-D", "-", "-H", "Host: \(host)"] + targets)
        guard curl.ending == .exited(0) else { throw Failure(curl.errorText) }
        return curl.outputText.components(separatedBy: "\r\n\r\n").filter { !$0.isEmpty }
            .map(Self.answer)
    }

    private static func answer(_ head: String) -> Answer {
        let words = head.split(separator: " ", maxSplits: 2)
        let table = head.components(separatedBy: "table=\"").dropFirst().first ?? ""
        return Answer(
            status: words.count > 1 ? Int(words[1]) ?? 0 : 0,
            table: String(table.prefix { $0 != "\"" }))
    }

    /// Waits until all serve a host by the table of a digest.
    func wait(for host: String, table digest: String) async throws {
        let wanted = Answer(status: 200, table: String(digest.prefix(16)))
        var last: [Answer] = []
        let reached = try await Eventually.value(within: .seconds(60)) { () -> Bool? in
            last = try await answers(host)
            return last == gateways.map { _ in wanted } ? true : nil
        }
        guard reached == true else { throw Failure("\(last), not \(wanted)") }
    }

    /// Waits until each has said something.
    func wait(toHear words: String) async throws {
        for gateway in gateways {
            _ = try await gateway.program.errors.line(containing: words)
        }
    }

    /// The tables that each has served since its start: beginning of the digest and entry.
    var histories: [[(table: String, entry: Int)]] {
        gateways.map { gateway in
            gateway.program.errors.text.split(separator: "\n").compactMap { line in
                guard let found = line.firstMatch(of: #/table ([0-9a-f]{16}), entry (\d+)/#),
                    let entry = Int(found.2)
                else { return nil }
                return (String(found.1), entry)
            }
        }
    }

    func stop() async throws {
        for gateway in gateways { gateway.program.send(SIGTERM) }
        for gateway in gateways { _ = try await gateway.program.ending() }
    }
}
