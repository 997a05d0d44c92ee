import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Synchronization

/// Server-sent events (WHATWG HTML §9.2): tells clients that the log grew.
///
/// Each stream holds a connection for hours, so there are at most ``streamsMax``; a stream whose
/// client does not read misses publications in between, never the last one.
final class EventStreams: Sendable {
    /// The most streams at once: half of the connections, so that calls always find one.
    static let streamsMax = 1_024

    private let taken = Atomic<Int>(0)
    private let heartbeat: Duration
    private let limit: Int

    /// What a stream says next.
    private enum Signal: Sendable {
        case growth(Growth)
        case heartbeat
    }

    /// One publication.
    struct Growth: Sendable {
        /// The number of entries.
        let size: Int
        /// The `t` of the last of them, milliseconds since 1970.
        let t: Int64
    }

    /// - Parameters:
    ///   - heartbeat: How often a comment says that the stream lives; proxies cut silent ones.
    ///   - limit: How many streams at once.
    init(heartbeat: Duration = .seconds(15), limit: Int = streamsMax) {
        self.heartbeat = heartbeat
        self.limit = limit
    }

    /// Answers with a stream that lasts until the client leaves or the program ends.
    ///
    /// - Parameter publications: What to tell, one stream's own; its buffer keeps the newest.
    /// - Throws: ``APIError/tooManyStreams(limit:)``.
    func response(
        telling publications: @escaping @Sendable () async -> AsyncStream<Growth>
    ) throws(APIError) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/event-stream", .cacheControl: "no-store",
        ]
        guard taken.wrappingAdd(1, ordering: .relaxed).newValue <= limit else {
            taken.wrappingSubtract(1, ordering: .relaxed)
            throw .tooManyStreams(limit: limit)
        }
        // The place is given back when the closure goes, whether it ran or not (a HEAD, a client
        // that left before the head was written).
        let place = Place(self)
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                try await self.run(telling: publications, into: &writer)
                try await writer.finish(nil)
                place.keep()
            })
    }

    /// Streams now open.
    var count: Int { taken.load(ordering: .relaxed) }

    // Off any actor like the writer itself, which may not be handed to another.
    @concurrent private func run(
        telling publications: @escaping @Sendable () async -> AsyncStream<Growth>,
        into writer: inout any ResponseBodyWriter
    ) async throws {
        let (signals, sink) = AsyncStream<Signal>.makeStream(bufferingPolicy: .bufferingNewest(2))
        let interval = heartbeat
        let feeding = Task {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    for await growth in await publications() { sink.yield(.growth(growth)) }
                    sink.finish()
                }
                group.addTask {
                    while (try? await Task.sleep(for: interval)) != nil { sink.yield(.heartbeat) }
                }
            }
        }
        defer { feeding.cancel() }
        try await writer.write(ByteBuffer(string: ": the log's growth follows\n\n"))
        for await signal in signals.cancelOnGracefulShutdown() {
            switch signal {
            case .heartbeat: try await writer.write(ByteBuffer(string: ":\n\n"))
            case .growth(let growth):
                try await writer.write(
                    ByteBuffer(
                        string: "event: log\ndata: {\"size\":\(growth.size),\"t\":\(growth.t)}\n\n")
                )
            }
        }
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
