import Reactor

/// The state of a crowd in the engine's loop.
struct Crowd: ~Copyable {
    let plan: CrowdPlan
    let address: SocketAddress
    /// What is sent: the requests, and behind them the message of a tunnel.
    let texts: Buffer
    var pace = Pace.still
    var schedule: Schedule?
    /// Connections that may take the next request; some may be gone or busy by then.
    var free = NumberRing()
    /// Connections still to be made.
    var toOpen: Int
    /// Connections being made, up to their first answer.
    var opening = 0
    var report: CrowdReport
    var startNs: UInt64
    /// When whoever waits for this crowd is answered at the latest; nil when nobody waits.
    var waiterNs: UInt64?
    private var turn = 0

    /// Connections that are being made at one time: fewer than any contender's queue holds.
    static let openingMax = 64

    init(_ plan: CrowdPlan, address: SocketAddress, nowNs: UInt64) {
        self.plan = plan
        self.address = address
        let octets = plan.texts.octets + (plan.messageOctets > 0 ? RequestTexts.frame : [])
        var texts = Buffer(capacity: max(1, octets.count))
        texts.append(octets.span)
        self.texts = texts
        toOpen = plan.connections
        report = CrowdReport(crowd: 0)
        startNs = nowNs
    }

    /// Whether nothing is under way that somebody may wait for.
    var isSettled: Bool { toOpen == 0 && opening == 0 && report.waiting == 0 }

    /// The place in ``texts`` of what is sent next; nil when each was sent that is sent once.
    mutating func nextText() -> Range<Int>? {
        let ends = plan.texts.ends
        if turn == ends.count {
            guard plan.repeats else { return nil }
            turn = 0
        }
        let start = turn > 0 ? ends[turn - 1] : 0
        turn += 1
        return start..<ends[turn - 1]
    }

    /// The place of the message.
    var message: Range<Int> { plan.texts.octets.count..<texts.count }

    /// Starts anew at a pace: the figures so far are forgotten.
    mutating func go(_ pace: Pace, nowNs: UInt64) {
        self.pace = pace
        startNs = nowNs
        let (open, waiting) = (report.open, report.waiting)
        report = CrowdReport(crowd: report.crowd)
        (report.open, report.waiting) = (open, waiting)
        if case .rate(let perSecond) = pace {
            schedule = Schedule(startNs: nowNs, perSecond: perSecond)
        } else {
            schedule = nil
        }
    }

    /// The report as of now.
    func reported(atNs now: UInt64) -> CrowdReport {
        var copy = report
        copy.seconds = Double(now - startNs) / 1_000_000_000
        copy.overdue = schedule?.overdue(atNs: now) ?? 0
        return copy
    }
}

/// Numbers in the order in which they came; grows, and allocates nothing once it is large enough.
struct NumberRing {
    private var places = [Int](repeating: 0, count: 64)
    private var first = 0
    private(set) var count = 0

    /// Adds one at the end.
    mutating func append(_ number: Int) {
        if count == places.count {
            places = (0..<count).map { places[(first + $0) % count] } + places
            first = 0
        }
        places[(first + count) % places.count] = number
        count += 1
    }

    /// Takes the first one.
    mutating func popFirst() -> Int? {
        guard count > 0 else { return nil }
        let number = places[first]
        first = (first + 1) % places.count
        count -= 1
        return number
    }
}
