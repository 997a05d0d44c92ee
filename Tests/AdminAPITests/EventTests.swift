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

    /// The lines of a stream until one has the words.
    private static func lines(
        _ community: Community, _ query: String, lastEventID: String? = nil, until words: String
    ) async throws -> [String] {
        var request = HTTPClientRequest(
            url: "http://127.0.0.1:\(community.port)/api/v1/events\(query)")
        if let lastEventID { request.headers.add(name: "Last-Event-ID", value: lastEventID) }
        let response = try await HTTPClient.shared.execute(request, timeout: Community.timeout)
        #expect(response.status == .ok)
        var seen = ""
        for try await part in response.body {
            seen += String(buffer: part)
            if seen.contains(words) { break }
        }
        return seen.split(separator: "\n").map { String($0) }
    }

    private static func ids(_ lines: [String]) -> [Int] {
        lines.filter { $0.hasPrefix("id: ") }.compactMap { Int($0.dropFirst(4)) }
    }

    @Test func `a stream goes on after the entry that was seen last, without a gap`() async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            let all = try await Self.lines(community, "?after=-1", until: "id: 6")
            #expect(Self.ids(all) == [0, 1, 2, 3, 4, 5, 6])
            let one = try #require(all.firstIndex(of: "id: 6"))
            #expect(all[one - 1] == "event: entry")
            let late = try await Self.lines(community, "?after=3", until: "id: 6")
            #expect(Self.ids(late) == [4, 5, 6])
            // A browser that comes back asks the address of before, and says what it saw since.
            let back = try await Self.lines(
                community, "?after=-1", lastEventID: "5", until: "id: 6")
            #expect(Self.ids(back) == [6])
        }
    }

    @Test func `an event tells what its entry is about`() async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            #expect(try await community.propose(token: token).status == 201)
            try await community.pass(milliseconds: 1_500)
            let open = try #require(
                try await community.get("/proposals/1").json()["open"]?["leaf"])
            #expect(try await community.vote(open: open, token: token).status == 201)
            let lines = try await Self.lines(community, "?after=6", until: "\"act\":\"ballot\"")
            let data = try lines.filter { $0.hasPrefix("data: {\"") }.map {
                try JSONValue(parsing: Array($0.dropFirst(6).utf8), form: .canonical)
            }
            #expect(data.map { $0["proposal"]?.integer } == [1, 1, 1])
            #expect(data.map { $0["kind"]?.string } == ["statement", "open", "statement"])
            #expect(data.map { $0["index"]?.integer } == [7, 8, 9])
            #expect(data[2]["by"]?.integer == 1)
        }
    }

    @Test func `what was logged while a client listens comes with it, or not when it says so`()
        async throws
    {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            for (query, entries) in [("", true), ("?only=log", false)] {
                let size = await community.council.read { $0.publicSize }
                let request = HTTPClientRequest(
                    url: "http://127.0.0.1:\(community.port)/api/v1/events\(query)")
                let response = try await HTTPClient.shared.execute(
                    request, timeout: Community.timeout)
                var parts = response.body.makeAsyncIterator()
                var seen = try await parts.next().map { String(buffer: $0) } ?? ""
                try await community.join(size - 2, token: token)
                while !seen.contains("event: log\n"), let part = try await parts.next() {
                    seen += String(buffer: part)
                }
                #expect(seen.contains("id: \(size)\n") == entries)
            }
        }
    }

    @Test(arguments: ["?after=x", "?after=-2", "?after=1000", "?only=x", "?since=1"])
    func `what is no place in the log is refused`(query: String) async throws {
        try await Community.serving { community in
            let reply = try await community.get("/events\(query)")
            #expect(reply.status == 400)
            #expect(try reply.code() == "bad-query")
        }
    }

    @Test func `beyond the limit a stream is 503, and a place that is left is free again`()
        async throws
    {
        let streams = EventStreams(clock: .continuous, limit: 1)
        let (feed, _) = AsyncStream<Publication>.makeStream()
        let told = EventFeed(publications: feed, first: nil) { _ in [] }
        let first = try await streams.response { told }
        await #expect(throws: APIError.self) { _ = try await streams.response { told } }
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
