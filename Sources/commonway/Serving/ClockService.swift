import Council
import Foundation
import ServiceLifecycle

/// Lets time go on for the council: what falls due is appended when it does.
struct ClockService: Service {
    let council: Council
    /// The longest sleep; also how soon a new deadline is noticed, milliseconds.
    let intervalMilliseconds: Int64

    private static let sleepMinMilliseconds: Int64 = 5

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let next = try await council.advance()
            let wait = next.map { $0 - Moment.now } ?? intervalMilliseconds
            let sleep = min(max(wait, Self.sleepMinMilliseconds), intervalMilliseconds)
            try? await Task.sleep(for: .milliseconds(sleep))
        }
    }
}
