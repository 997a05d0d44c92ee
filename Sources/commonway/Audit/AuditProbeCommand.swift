import ArgumentParser
import AsyncHTTPClient
import Foundation
import Governance
import LogHTTP
import Routing

/// `commonway audit probe`: asks a running gateway whether it does what the log says.
struct AuditProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Ask a running gateway, and compare with the log.",
        discussion: """
            For each match of each route in force it sends a request that the match takes, and \
            some that perhaps nothing takes, to URL with the route's host in the Host field. It \
            compares the vote that answers name (Commonway-Route), and where the gateway answers \
            itself the status and Location. Requests are GET, HEAD and OPTIONS alone, unless \
            --unsafe-methods allows what matches ask for. Exit status 0: all agree. 3: an answer \
            differs; each is printed. 4: the gateway does not answer, or the log went on \
            meanwhile. What a gateway does with everybody else's requests no probe can tell.
            """)

    @Argument(help: "The gateway's address, such as http://127.0.0.1:8080.")
    var url: String

    @OptionGroup var source: AuditedLogOptions

    @Flag(help: "Also send POST, PUT, PATCH and DELETE where matches ask for them.")
    var unsafeMethods = false

    @Option(help: ArgumentHelp("The most requests.", valueName: "number"))
    var max = 1_000

    @Flag(help: "Print JSON.")
    var json = false

    /// An answer that was compared.
    private struct Compared {
        let probe: ProbeRequests.Probe
        let expected: ProbeExpectation
        let answer: ProbeAnswer?
        let fault: String?
    }

    func validate() throws {
        guard (1...100_000).contains(max) else {
            throw ValidationError("--max is 1 to 100000")
        }
    }

    func run() async throws {
        let address = try CouncilAddress(url, option: "URL").text
        let (log, _, _) = try await source.read { _, _ in }
        let documents = Rehearsal(log.state.documents)
        let requests = ProbeRequests(
            documents, scheme: address.hasPrefix("https") ? "https" : "http",
            port: try? URLParts(address).port, allowsUnsafeMethods: unsafeMethods)
        let probes = requests.probes.prefix(max)
        let cites = log.state.charter?.citesRoutes ?? true
        let compared = try await ask(Array(probes), at: address, cites: cites)
        let faults = compared.filter { $0.fault != nil }
        if !faults.isEmpty {
            let (now, _, place) = try await source.read { _, _ in }
            guard now.state.documents.tableDigest == log.state.documents.tableDigest else {
                throw Complaint(
                    .unreachable, "another table was enacted meanwhile", at: place,
                    next: "repeat the command")
            }
        }
        try report(compared, faults, log)
        for left in requests.leftOut { Output.words("left out: \(left.match): \(left.why)") }
        if probes.count < requests.probes.count {
            Output.words("left out: \(requests.probes.count - max) requests beyond --max \(max)")
        }
        if !cites { Output.words("the charter has no answer name its vote: statuses only") }
        guard faults.isEmpty else { throw ExitCode(ProgramStatus.differs.rawValue) }
        Output.words("\(compared.count) answers are what the log says")
    }

    private func ask(
        _ probes: [ProbeRequests.Probe], at address: String, cites: Bool
    ) async throws -> [Compared] {
        let client = HTTPSource.makeClient()
        var compared: [Compared] = []
        do {
            for probe in probes {
                let expected = ProbeExpectation(probe.expected, cites: cites)
                do throws(Complaint) {
                    let answer = try await ProbeAnswer.ask(probe, at: address, client)
                    compared.append(
                        Compared(
                            probe: probe, expected: expected, answer: answer,
                            fault: expected.fault(of: answer)))
                } catch {
                    // A gateway that answered before is there; one that never did may not be.
                    guard !compared.isEmpty else { throw error }
                    compared.append(
                        Compared(
                            probe: probe, expected: expected, answer: nil, fault: error.what))
                }
            }
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
        return compared
    }

    private func report(
        _ compared: [Compared], _ faults: [Compared], _ log: VerifiedLog
    ) throws(Complaint) {
        if json {
            return try Output.data(
                NullableJSON.object([
                    .init("origin", .text(log.state.origin)),
                    .init("size", .number(log.state.entries)),
                    .init("table", .text(log.state.documents.tableDigest.hex)),
                    .init("differing", .number(faults.count)),
                    .init("probes", .array(compared.map(Self.value))),
                ]).line)
        }
        for fault in faults {
            let request = fault.probe.request
            try Output.data(
                Output.plain("\(request.method) \(request.url): \(fault.fault ?? "")"))
        }
    }

    private static func value(_ compared: Compared) -> NullableJSON {
        let request = compared.probe.request
        let found: NullableJSON =
            compared.answer.map {
                .object([
                    .init("status", .number($0.status)), .init("route", .text($0.route)),
                    .init("location", .text($0.location)),
                ])
            } ?? .null
        return .object([
            .init("method", .text(request.method)), .init("url", .text(request.url)),
            .init("expected", compared.expected.value), .init("found", found),
            .init("differs", .text(compared.fault)),
        ])
    }
}
