import AsyncHTTPClient
import Council
import Foundation
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import TransparencyLog

/// A witness at an HTTP address (C2SP tlog-witness), as the council asks it.
struct WitnessDoor: WitnessClient {
    /// Its submission prefix, without a slash at its end.
    let address: String
    /// Who asks; ``makeClient()`` makes one.
    let client: HTTPClient

    /// A client that follows no redirection and gives up on a witness that does not answer.
    static func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(
            connect: .seconds(2), read: .seconds(WitnessLimits.requestSeconds))
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func add(_ body: [UInt8]) async -> WitnessAnswer {
        let deadline = NIODeadline.now() + .seconds(WitnessLimits.requestSeconds)
        var request = HTTPClientRequest(url: "\(address)/\(AddCheckpointRequest.path)")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        request.body = .bytes(body)
        do {
            let response = try await client.execute(request, deadline: deadline)
            var octets: [UInt8] = []
            for try await part in response.body {
                guard octets.count + part.readableBytes <= WitnessLimits.answerOctetsMax else {
                    return .unreachable(
                        "its answer is longer than \(WitnessLimits.answerOctetsMax) octets")
                }
                octets.append(contentsOf: part.readableBytesView)
                // The client minds its deadline up to the head alone.
                guard NIODeadline.now() < deadline else {
                    return .unreachable("its answer did not come within the time")
                }
            }
            return Self.answer(response, octets)
        } catch {
            return .unreachable("it cannot be reached: \(Reason.text(error))")
        }
    }

    private static func answer(
        _ response: HTTPClientResponse, _ octets: [UInt8]
    ) -> WitnessAnswer {
        let status = Int(response.status.code)
        let text = String(decoding: octets, as: UTF8.self)
        if status == 200 { return .lines(octets) }
        if status == 409,
            response.headers.first(name: "Content-Type") == AddCheckpointRequest.sizeType,
            text.hasSuffix("\n"), let size = Int(text.dropLast()), size >= 0
        {
            return .conflict(size: size)
        }
        let words = Output.plain(
            text.split(separator: "\n").first.map(String.init) ?? response.status.reasonPhrase)
        return .refused(status: status, words: words)
    }
}

/// Asks the community's witnesses as long as the council runs.
struct WitnessService: Service {
    let collector: WitnessCollector
    let client: HTTPClient
    /// Whether anybody is to be asked.
    let isNeeded: Bool

    func run() async throws {
        guard isNeeded else {
            try? await gracefulShutdown()
            try await client.shutdown()
            return
        }
        let failure = await cancelWhenGracefulShutdown { () -> CouncilFault? in
            do throws(CouncilFault) {
                try await collector.run()
                return nil
            } catch {
                return error
            }
        }
        try await client.shutdown()
        if let failure { throw failure }
    }
}
