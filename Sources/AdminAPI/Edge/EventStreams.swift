import Council
import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Synchronization

/// Server-sent events (WHATWG HTML §9.2): tells clients of entries, and that the log grew.
///
/// Each stream holds a connection for hours, so there are at most ``streamsMax``. A stream whose
/// client reads slowly misses publications in between, never the last one, and no entry: those
/// are read from the journal page by page, as fast as the client takes them.
final class EventStreams: Sendable {
    /// The most streams at once: fewer than the council's listeners and
    /// half of the connections, so that calls always find one.
    static let streamsMax = 1_000

    private let taken = Atomic<Int>(0)
    private let heartbeat: Duration
    private let clock: any Clock<Duration>
    private let limit: Int

    private static let headers: HTTPFields = [
        .contentType: "text/event-stream", .cacheControl: "no-store",
    ]

    /// The newest publication that a stream has not told yet. Held apart from the signals, so that
    /// heartbeats which wait for a slow client do not push it out.
    private final class Latest: Sendable {
        private let publication = Mutex<Publication?>(nil)

        func put(_ growth: Publication) { publication.withLock { $0 = growth } }

        func take() -> Publication? {
            publication.withLock { held in
                defer { held = nil }
                return held
            }
        }
    }

    /// - Parameters:
    ///   - heartbeat: How often a comment says that the stream lives; proxies cut silent ones.
    ///   - clock: What times the heartbeat.
    ///   - limit: How many streams at once.
    init(
        heartbeat: Duration = .seconds(15), clock: some Clock<Duration>, limit: Int = streamsMax
    ) {
        self.heartbeat = heartbeat
        self.clock = clock
        self.limit = limit
    }

    /// Answers with a stream that lasts until the client leaves or the program ends.
    ///
    /// - Parameter feed: What to tell, one stream's own; `nil` when too many listen.
    /// - Throws: ``APIError/tooManyStreams(limit:)``, and what `feed` throws.
    func response(
        telling feed: @escaping @Sendable () async throws(APIError) -> EventFeed?
    ) async throws(APIError) -> Response {
        guard taken.wrappingAdd(1, ordering: .relaxed).newValue <= limit else {
            taken.wrappingSubtract(1, ordering: .relaxed)
            throw .tooManyStreams(limit: limit)
        }
        // The place is given back when the closure goes, whether it ran or not (a HEAD, a client
        // that left before the head was written).
        let place = Place(self)
        guard let feed = try await feed() else { throw .tooManyStreams(limit: limit) }
        return Response(
            status: .ok, headers: Self.headers,
            body: ResponseBody { writer in
                try await self.run(telling: feed, into: &writer)
                try await writer.finish(nil)
                place.keep()
            })
    }

    /// What a HEAD is told: the same, without a stream.
    var headAnswer: Response { Response(status: .ok, headers: Self.headers) }

    /// Streams now open.
    var count: Int { taken.load(ordering: .relaxed) }

    // Off any actor like the writer itself, which may not be handed to another.
    @concurrent private func run(
        telling feed: EventFeed, into writer: inout any ResponseBodyWriter
    ) async throws {
        let (signals, sink) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let (interval, clock, latest) = (heartbeat, clock, Latest())
        let feeding = Task {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    for await growth in feed.publications {
                        latest.put(growth)
                        sink.yield()
                    }
                    sink.finish()
                }
                group.addTask {
                    while (try? await clock.sleep(for: interval)) != nil { sink.yield() }
                }
            }
        }
        defer { feeding.cancel() }
        try await writer.write(ByteBuffer(string: ": the log's growth follows\n\n"))
        var next = try await tell(feed, from: feed.first, into: &writer)
        for await _ in signals.cancelOnGracefulShutdown() {
            guard let growth = latest.take() else {
                try await writer.write(ByteBuffer(string: ":\n\n"))
                continue
            }
            next = try await tell(feed, from: next, into: &writer)
            try await writer.write(
                ByteBuffer(
                    string: "event: log\ndata: {\"size\":\(growth.size),\"t\":\(growth.t)}\n\n"))
        }
    }

    /// Tells the public entries from an index on, a page at a time.
    ///
    /// - Returns: The index of the entry that is to come.
    @concurrent private func tell(
        _ feed: EventFeed, from first: Int?, into writer: inout any ResponseBodyWriter
    ) async throws -> Int? {
        guard var next = first else { return nil }
        while !Task.isCancelled && !Task.isShuttingDownGracefully {
            let events = try await feed.read(next)
            if events.isEmpty { break }
            try await writer.write(ByteBuffer(string: events.joined()))
            next += events.count
        }
        return next
    }

    /// One stream's place, given back when nothing holds it any more.
    private final class Place: Sendable {
        private let streams: EventStreams

        init(_ streams: EventStreams) { self.streams = streams }

        deinit { streams.taken.wrappingSubtract(1, ordering: .relaxed) }

        /// Holds the place up to here.
        func keep() {}
    }
}
