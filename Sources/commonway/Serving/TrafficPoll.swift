import AdminAPI
import AsyncHTTPClient
import CanonicalJSON
import Foundation
import NIOCore
import NIOHTTP1
import Reactor
import Routing
import ServiceLifecycle

/// Asks the gateways that a council is told of what they have counted, once a minute.
///
/// One that does not answer, or answers with something else, is named once on standard error and
/// asked again: nothing but what is shown beside plans depends on it.
struct TrafficPoll: Service {
    let gateways: [TrafficAddress]
    let traffic: RecordedTraffic

    /// Between two rounds.
    private static let every = Duration.seconds(60)
    /// After the first round, in which a gateway that was started with the council may not
    /// answer yet.
    private static let soon = Duration.seconds(5)
    /// How long one gateway may take.
    private static let answerSeconds: Int64 = 10

    func run() async throws {
        if gateways.isEmpty {
            try? await gracefulShutdown()
            return
        }
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(2), read: .seconds(Self.answerSeconds))
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: configuration)
        await cancelWhenGracefulShutdown { await rounds(client) }
        try await client.shutdown()
    }

    private func rounds(_ client: HTTPClient) async {
        var silent: Set<Int> = []
        var pause = Self.soon
        var isFirst = true
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            for (number, gateway) in gateways.enumerated() {
                let hour = Moment.now / 1000 / TrafficSummary.hourSeconds
                do {
                    let summary = try await ask(gateway, client)
                    traffic.set(summary, of: number, at: hour)
                    silent.remove(number)
                } catch {
                    traffic.set(nil, of: number, at: hour)
                    let isQuiet = isFirst || Task.isCancelled
                    if !isQuiet && silent.insert(number).inserted {
                        Output.trouble(
                            "the gateway at \(gateway.text) does not say what it has counted: "
                                + Reason.text(error))
                    }
                }
            }
            do { try await Task.sleep(for: pause) } catch { return }
            if !isFirst || silent.isEmpty { pause = Self.every }
            isFirst = false
        }
    }

    private func ask(
        _ gateway: TrafficAddress, _ client: HTTPClient
    ) async throws -> TrafficSummary {
        let deadline = NIODeadline.now() + .seconds(Self.answerSeconds)
        var request = HTTPClientRequest(url: gateway.url)
        // For a socket's path the client names none, and a request without is refused.
        request.headers.add(name: "Host", value: "localhost")
        let response = try await client.execute(request, deadline: deadline)
        guard response.status.code == 200 else {
            throw Complaint.refused("it answers \(response.status.code)")
        }
        var octets: [UInt8] = []
        for try await part in response.body {
            guard octets.count + part.readableBytes <= TrafficSummary.limits.octetsMax else {
                throw Complaint.refused(
                    "it answers with more than \(TrafficSummary.limits.octetsMax) octets")
            }
            octets.append(contentsOf: part.readableBytesView)
            guard NIODeadline.now() < deadline else {
                throw Complaint.refused("its answer takes more than \(Self.answerSeconds) s")
            }
        }
        return try TrafficSummary(parsing: octets)
    }
}

/// Where a gateway is asked what it has counted: its admin listener, on this machine.
struct TrafficAddress: Sendable {
    /// As it was typed.
    let text: String
    /// What is asked for there.
    let url: String

    /// Reads `unix:PATH` or `http://ADDRESS:PORT`.
    ///
    /// - Throws: ``Complaint`` naming the flag.
    init(_ text: String) throws(Complaint) {
        self.text = text
        if text.hasPrefix("http://") {
            let address = try GatewayOptions.socketAddress(
                String(text.dropFirst("http://".count)), flag: "--traffic")
            guard GatewayOptions.isLoopback(address) else {
                throw .usage(
                    "\(text) is on another machine, or can be", at: "--traffic",
                    next: "bring that gateway's admin listener here, as with ssh -L")
            }
            url = "http://\(address.description)/traffic"
            return
        }
        guard text.hasPrefix("unix:") else {
            throw .usage(
                "\"\(text)\" is no address of an admin listener", at: "--traffic",
                next: "write it as unix:PATH or http://127.0.0.1:PORT")
        }
        let path = try GatewayOptions.socketAddress(text, flag: "--traffic").path
        guard let url = URL(httpURLWithSocketPath: path, uri: "/traffic") else {
            throw .usage("\"\(path)\" is no path of a socket", at: "--traffic")
        }
        self.url = url.absoluteString
    }
}
