import Council
import Foundation
import ServiceLifecycle

/// Lets time go on for the council: what falls due is appended when it does.
struct ClockService: Service {
    let council: Council

    /// The longest sleep; also how soon a new deadline is noticed.
    private static let sleepMaxMilliseconds: Int64 = 200
    private static let sleepMinMilliseconds: Int64 = 5

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let next = try await council.advance()
            let wait = next.map { $0 - Moment.now } ?? Self.sleepMaxMilliseconds
            let sleep = min(max(wait, Self.sleepMinMilliseconds), Self.sleepMaxMilliseconds)
            try? await Task.sleep(for: .milliseconds(sleep))
        }
    }
}
