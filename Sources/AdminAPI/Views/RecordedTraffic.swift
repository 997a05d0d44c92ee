internal import CanonicalJSON
package import Routing
internal import Synchronization

/// What the gateways that a council was told of have counted: the last of each, and the sum.
///
/// Nobody verifies it. It stays in memory, and whatever becomes of it no vote depends on it.
package final class RecordedTraffic: Sendable {
    private let state: Mutex<State>

    private struct State {
        /// By gateway; nil for one that has not answered yet.
        var summaries: [TrafficSummary?]
        var sum = TrafficSummary()
        /// The answer to whoever asks, written once for all.
        var octets: [UInt8] = []
    }

    /// What so many gateways counted, none of whom has answered.
    package init(gateways: Int) {
        var state = State(summaries: Array(repeating: nil, count: gateways))
        state.octets = Self.octets(of: state)
        self.state = Mutex(state)
    }

    /// Takes what a gateway has counted.
    ///
    /// - Parameters:
    ///   - summary: nil when it did not answer: what it said last stays.
    ///   - gateway: Its number, from 0.
    ///   - hour: The present hour; what is older than a week goes.
    package func set(_ summary: TrafficSummary?, of gateway: Int, at hour: Int64) {
        state.withLock { state in
            if let summary { state.summaries[gateway] = summary }
            var sum = TrafficSummary()
            for index in state.summaries.indices {
                state.summaries[index]?.keepWeek(endingWith: hour)
                guard let counted = state.summaries[index] else { continue }
                if sum.isEmpty { sum = counted } else { sum.merge(counted) }
            }
            if summary == nil && sum == state.sum { return }
            state.sum = sum
            state.octets = Self.octets(of: state)
        }
    }

    /// All gateways together.
    var summary: TrafficSummary { state.withLock { $0.sum } }

    /// The same as it is served.
    var octets: [UInt8] { state.withLock { $0.octets } }

    private static func octets(of state: State) -> [UInt8] {
        let value: JSONValue = [
            "verified": false, "gateways": .integer(Int64(state.summaries.count)),
            "answered": .integer(Int64(state.summaries.count { $0 != nil })),
            "summary": state.sum.value,
        ]
        return value.canonicalOctets
    }
}
