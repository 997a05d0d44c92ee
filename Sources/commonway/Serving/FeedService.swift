import Foundation
import Reactor
import ServiceLifecycle
import Synchronization

/// Looks at the log whenever it may have grown, until the program ends.
struct FeedService: Service {
    let feed: TableFeed
    let pollMilliseconds: Int
    /// The log's folder, when it is one: a checkpoint that appears in it wakes this (law 6).
    let folder: URL?

    func run() async throws {
        var feed = feed
        let wakes = try LogWake(folder: folder?.path, pollMilliseconds: pollMilliseconds)
        defer { wakes.stop() }
        for await _ in wakes.stream.cancelOnGracefulShutdown() {
            if await feed.look() == .frozen {
                // Nothing to do but to serve: the end is the operator's to call.
                break
            }
        }
        try? await gracefulShutdown()
    }
}

/// Wakes at once, then whenever the log may have grown: a file appeared in its folder, or the time
/// between two looks is over. A thread of its own waits.
private final class LogWake: Sendable {
    /// One element for each time; those that nobody waited for are one.
    let stream: AsyncStream<Void>
    private let isStopped = Atomic<Bool>(false)

    /// How long the thread may notice late that it should end, milliseconds.
    private static let stopMs = 1_000

    init(folder: String?, pollMilliseconds: Int) throws(Complaint) {
        let (stream, wake) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.stream = stream
        wake.yield()
        do throws(SystemError) {
            let watch = try FolderWatch()
            try LoopThread.start(name: "log-watch") {
                var leftMs = pollMilliseconds
                while !self.isStopped.load(ordering: .relaxed) {
                    let stepMs = min(leftMs, Self.stopMs)
                    let before = MonotonicClock.nowMs
                    // Where there is no folder nothing appears, and the time passes.
                    let appeared = watch.wait(in: folder ?? "", atMostMs: Int32(stepMs))
                    leftMs -= Int(MonotonicClock.nowMs - before)
                    if !appeared && leftMs > 0 { continue }
                    wake.yield()
                    leftMs = pollMilliseconds
                }
                wake.finish()
            }
        } catch {
            throw .refused("the system gives no watch of files: errno \(error.code)")
        }
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }
}
