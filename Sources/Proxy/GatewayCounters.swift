internal import Synchronization

/// What a gateway has done since its start, summed over its loops.
package struct GatewayCounters: Equatable, Sendable {
    /// Requests whose head was read, refused ones included.
    package var requests: UInt64 = 0
    /// Client connections accepted.
    package var clientsAccepted: UInt64 = 0
    /// Client connections open now.
    package var clientsOpen: UInt64 = 0
    /// Connections made to endpoints.
    package var upstreamsMade: UInt64 = 0
    /// Connections to endpoints open now, idle ones included.
    package var upstreamsOpen: UInt64 = 0
    /// Requests sent once more because a kept connection was stale or could not be made.
    package var retries: UInt64 = 0
    /// Responses that the gateway made itself, refusals and failures.
    package var ownResponses: UInt64 = 0
    /// Responses cut short because the endpoint's was.
    package var cutShort: UInt64 = 0

    /// Nothing yet.
    package init() {}
}

/// One loop's counters as others see them. The loop counts in plain numbers and copies them here
/// once a turn; reading costs it nothing.
final class PublishedCounters: Sendable {
    private let requests = Atomic<UInt64>(0)
    private let clientsAccepted = Atomic<UInt64>(0)
    private let clientsOpen = Atomic<UInt64>(0)
    private let upstreamsMade = Atomic<UInt64>(0)
    private let upstreamsOpen = Atomic<UInt64>(0)
    private let retries = Atomic<UInt64>(0)
    private let ownResponses = Atomic<UInt64>(0)
    private let cutShort = Atomic<UInt64>(0)

    /// Copies a loop's numbers; from the loop alone.
    func publish(_ counters: GatewayCounters) {
        requests.store(counters.requests, ordering: .relaxed)
        clientsAccepted.store(counters.clientsAccepted, ordering: .relaxed)
        clientsOpen.store(counters.clientsOpen, ordering: .relaxed)
        upstreamsMade.store(counters.upstreamsMade, ordering: .relaxed)
        upstreamsOpen.store(counters.upstreamsOpen, ordering: .relaxed)
        retries.store(counters.retries, ordering: .relaxed)
        ownResponses.store(counters.ownResponses, ordering: .relaxed)
        cutShort.store(counters.cutShort, ordering: .relaxed)
    }

    /// Adds the numbers to a sum.
    func add(to sum: inout GatewayCounters) {
        sum.requests &+= requests.load(ordering: .relaxed)
        sum.clientsAccepted &+= clientsAccepted.load(ordering: .relaxed)
        sum.clientsOpen &+= clientsOpen.load(ordering: .relaxed)
        sum.upstreamsMade &+= upstreamsMade.load(ordering: .relaxed)
        sum.upstreamsOpen &+= upstreamsOpen.load(ordering: .relaxed)
        sum.retries &+= retries.load(ordering: .relaxed)
        sum.ownResponses &+= ownResponses.load(ordering: .relaxed)
        sum.cutShort &+= cutShort.load(ordering: .relaxed)
    }
}
