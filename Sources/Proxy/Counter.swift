internal import HTTP1
internal import Reactor

/// What a loop counts. The raw value is the number's place in the loop's bank; histograms and
/// refusals by kind lie behind them.
enum Counter: Int, CaseIterable {
    /// Request heads that came, refused ones included.
    case requests
    case clientsAccepted
    /// Connections answered 503 because their address has too many.
    case clientsTurnedAway
    case clientsOpen
    /// Connections that began with no PROXY protocol header although their listener expects one.
    case badProxyHeaders
    /// Times that accepting paused because descriptors or memory ran out.
    case acceptPauses
    case upstreamsMade
    case upstreamsOpen
    case upstreamsIdle
    case endpointsAside
    /// Requests sent once more: a kept connection was stale, or one could not be made.
    case retries
    /// Copies of requests that mirrors got whole.
    case copiesSent
    /// Copies that no mirror got, or not whole: none had room, was there or took it in time.
    case copiesLost
    /// Responses that the gateway made itself.
    case ownResponses
    /// Responses cut short because the endpoint's was.
    case cutShort
    case tunnelsMade
    case tunnelsOpen
    /// Request fields dropped for a `_` in their name.
    case underscoreFields
    /// Octets of request bodies and of what clients sent through tunnels.
    case requestOctets
    /// Octets of response bodies and of what clients were sent through tunnels.
    case responseOctets
    /// Access log lines for which the queue had no room.
    case linesDropped
    case status1xx, status2xx, status3xx, status4xx, status5xx
    /// Exchanges that ended without a status: the client went away before.
    case statusNone
    /// The sum of all durations, microseconds.
    case durationSumUs

    /// The upper bounds of the duration histogram's buckets, microseconds; one more has no bound.
    static let durationBoundsUs: InlineArray<13, Int64> = [
        500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
        5_000_000, 30_000_000,
    ]

    static let durationBuckets = 14

    /// Where the histogram begins.
    static let firstDuration = allCases.count

    /// Where refusals and failures by kind begin.
    static let firstFailure = firstDuration + durationBuckets

    /// How many numbers a bank has.
    static let bankCount = firstFailure + Failure.numbers
}

extension CounterBank {
    /// Adds to what the loop counts.
    @inline(__always) func add(_ counter: Counter, _ amount: Int = 1) {
        add(amount, to: counter.rawValue)
    }

    /// Sets a number that goes up and down.
    @inline(__always) func set(_ counter: Counter, _ value: Int) {
        set(counter.rawValue, to: value)
    }

    /// Counts how an exchange ended.
    func countExchange(status: Int, durationUs: Int64, failure: Failure?) {
        switch status / 100 {
        case 1: add(.status1xx)
        case 2: add(.status2xx)
        case 3: add(.status3xx)
        case 4: add(.status4xx)
        case 5: add(.status5xx)
        default: add(.statusNone)
        }
        var bucket = 0
        while bucket < Counter.durationBuckets - 1, durationUs > Counter.durationBoundsUs[bucket] {
            bucket += 1
        }
        add(1, to: Counter.firstDuration + bucket)
        add(.durationSumUs, Int(durationUs))
        if let failure { add(1, to: Counter.firstFailure + failure.number) }
    }
}
