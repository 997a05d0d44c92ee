internal import Reactor
package import Routing
internal import Synchronization

/// What a gateway keeps of its traffic, gathered from its loops. From any thread but a loop's.
package final class TrafficCollector: Sendable {
    private let queues: [OctetQueue]
    private let state = Mutex(State())

    private struct State {
        var summary = TrafficSummary()
        /// Whether there is more than the owner has kept.
        var hasNews = false
    }

    init(_ queues: [OctetQueue]) { self.queues = queues }

    /// Takes what the loops have told since.
    package func collect() {
        state.withLock { state in
            for queue in queues {
                // Records are whole, but a run may end within one: the next begins there.
                var octets: [UInt8] = []
                queue.drain { (run: Span<UInt8>) in
                    for index in run.indices { octets.append(run[index]) }
                }
                if octets.isEmpty { continue }
                TrafficLine.read(octets, into: &state.summary)
                state.hasNews = true
            }
            state.summary.keepWeek(endingWith: Self.hour)
        }
    }

    /// What was counted, up to a second or two ago.
    package var summary: TrafficSummary {
        collect()
        return state.withLock { $0.summary }
    }

    /// Adds what another process has counted, or this one before.
    package func add(_ summary: TrafficSummary) {
        if summary.isEmpty { return }
        state.withLock { state in
            state.summary.merge(summary)
            state.hasNews = true
        }
        collect()
    }

    /// What was counted, if there is more than at the last call.
    package func news() -> TrafficSummary? {
        collect()
        return state.withLock { state in
            defer { state.hasNews = false }
            return state.hasNews ? state.summary : nil
        }
    }

    /// What was counted, to be kept by another from now on: this one begins anew.
    package func take() -> TrafficSummary {
        collect()
        return state.withLock { state in
            defer { state = State() }
            return state.summary
        }
    }

    private static var hour: Int64 { WallClock.nowMs / 1000 / TrafficSummary.hourSeconds }
}
