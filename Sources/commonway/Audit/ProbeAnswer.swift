import AsyncHTTPClient
import CanonicalJSON
import NIOCore
import NIOHTTP1
import Routing

/// What a gateway answered to a probe, as far as it is compared.
struct ProbeAnswer: Equatable, Sendable {
    /// The status.
    let status: Int
    /// `Commonway-Route`.
    let route: String?
    /// `Location`.
    let location: String?

    private static let requestTime: TimeAmount = .seconds(10)

    /// Asks a gateway; the body is not read.
    ///
    /// - Parameter address: The gateway's, without a slash at its end.
    /// - Throws: ``Complaint`` when no answer comes.
    static func ask(
        _ probe: ProbeRequests.Probe, at address: String, _ client: HTTPClient
    ) async throws(Complaint) -> ProbeAnswer {
        var request = HTTPClientRequest(url: address + probe.target)
        request.method = HTTPMethod(rawValue: probe.request.method)
        for field in probe.request.headers {
            request.headers.add(name: field.name, value: field.value)
        }
        do {
            let response = try await client.execute(request, timeout: requestTime)
            return ProbeAnswer(
                status: Int(response.status.code),
                route: response.headers.first(name: "Commonway-Route"),
                location: response.headers.first(name: "Location"))
        } catch {
            throw Complaint(
                .unreachable, "no answer from the gateway: \(Reason.text(error))",
                at: "\(probe.request.method) \(probe.request.url)",
                next: "check the address and that the gateway runs, then repeat the command")
        }
    }
}

/// What the verified table says that an answer must be.
struct ProbeExpectation {
    /// The gateway's own status; `nil` where a backend's answer comes.
    let status: Int?
    /// `Commonway-Route`; `nil` for none.
    let route: String?
    /// `Location` of a redirect.
    let location: String?
    /// Whether the charter has answers name their vote.
    let cites: Bool

    init(_ report: OutcomeReport, cites: Bool) {
        status = report.status
        route = report.rehearsed?.rule.map { String(decoding: $0.citation, as: UTF8.self) }
        location = report.rehearsed?.outcome.location
        self.cites = cites
    }

    /// What is wrong with an answer; `nil` for nothing.
    func fault(of answer: ProbeAnswer) -> String? {
        if cites, answer.route != route {
            return "expected \(route ?? "no route"), found \(answer.route ?? "no route")"
                + " with status \(answer.status)"
        }
        if let status, answer.status != status {
            return "expected status \(status), found \(answer.status)"
        }
        // Without citations a 404 may be a backend's own: only the gateway's can be told.
        if let location, answer.location != location {
            return "expected Location \(location), found \(answer.location ?? "none")"
        }
        return nil
    }

    /// As programs read it.
    var value: NullableJSON {
        .object([
            .init("status", .number(status)), .init("route", .text(cites ? route : nil)),
            .init("location", .text(location)),
        ])
    }
}
