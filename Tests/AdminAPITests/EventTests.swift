import AsyncHTTPClient
import CanonicalJSON
import Council
import Governance
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Testing

@testable import AdminAPI

@Suite struct `Events` {
    @Test func `every publication is told, and silence too`() async throws {
        try await Community.serving(heartbeat: .milliseconds(20)) { community in
            let request = HTTPClientRequest(
                url: "http://127.0.0.1:\(community.port)/api/v1/events")
            let response = try await HTTPClient.shared.execute(
                request, timeout: Community.timeout)
            #expect(response.headers["content-type"] == ["text/event-stream"])
            var seen = ""
            var parts = response.body.makeAsyncIterator()
            while !seen.contains("\n:\n\n"), let part = try await parts.next() {
                seen += String(buffer: part)
            }
            #expect(seen.hasPrefix(": the log's growth follows\n\n"))
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            while !seen.contains("\"size\":6"), let part = try await parts.next() {
                seen += String(buffer: part)
            }
            let t = community.clock.now()
            #expect(seen.contains("event: log\ndata: {\"size\":6,\"t\":\(t)}\n\n"))
        }
    }

    @Test func `beyond the limit a stream is 503, and a place that is left is free again`()
        async throws
    {
        let streams = EventStreams(clock: .continuous, limit: 1)
        let (feed, _) = AsyncStream<Publication>.makeStream()
        let first = try await streams.response { feed }
        await #expect(throws: APIError.self) { _ = try await streams.response { feed } }
        #expect(streams.count == 1)
        withExtendedLifetime(first) {}
    }
}

@Suite struct `Shutting down` {
    @Test(.timeLimit(.minutes(1)))
    func `a stream that is open does not keep the council from ending`() async throws {
        try await Community.serving { community in
            let request = HTTPClientRequest(
                url: "http://127.0.0.1:\(community.port)/api/v1/events")
            let response = try await HTTPClient.shared.execute(
                request, timeout: Community.timeout)
            var parts = response.body.makeAsyncIterator()
            _ = try await parts.next()
            await community.group.triggerGracefulShutdown()
            while try await parts.next() != nil {}
            await #expect(throws: (any Error).self) {
                _ = try await community.send("GET", "/")
            }
        }
    }
}
