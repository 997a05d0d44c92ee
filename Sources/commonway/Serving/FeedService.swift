import Foundation
import ServiceLifecycle

/// Looks at the log again and again until the program ends.
struct FeedService: Service {
    let feed: TableFeed
    let pollMilliseconds: Int
    /// The log's folder, when it is one: its checkpoint is looked at far more often, since that
    /// costs one system call.
    let folder: URL?

    /// How often the checkpoint's file is looked at.
    private static let glanceMilliseconds = 10

    func run() async throws {
        var feed = feed
        var seen = stamp
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            if await feed.look() == .frozen {
                // Nothing to do but to serve: the end is the operator's to call.
                try? await gracefulShutdown()
                return
            }
            await waitForNews(&seen)
        }
    }

    private func waitForNews(_ seen: inout Date?) async {
        guard folder != nil else {
            try? await Task.sleep(for: .milliseconds(pollMilliseconds))
            return
        }
        for _ in 0..<max(1, pollMilliseconds / Self.glanceMilliseconds) {
            let now = stamp
            if now != seen || Task.isShuttingDownGracefully || Task.isCancelled {
                seen = now
                return
            }
            try? await Task.sleep(for: .milliseconds(Self.glanceMilliseconds))
        }
    }

    /// When the checkpoint's file was put there.
    private var stamp: Date? {
        guard let file = folder?.appendingPathComponent("checkpoint") else { return nil }
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        return attributes?[.modificationDate] as? Date
    }
}
