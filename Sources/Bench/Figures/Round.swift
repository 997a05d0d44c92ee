import Foundation

/// What one turn of one contender showed; a unit is a request, a message or a MiB.
struct Round {
    /// Microseconds of CPU per unit, in the contender's code.
    let user: Double
    /// And in the kernel, for it.
    let system: Double
    /// Units a second.
    let rate: Double
    /// Microseconds within which half of the requests were answered.
    let p50: Double
    /// And 99 of 100.
    let p99: Double
    /// The part of what should have been sent that was sent, 0…1.
    let keptUp: Double
    /// How busy the contender kept its core, 0…1.
    let coreShare: Double
    /// How busy load and backend kept theirs; near 1 at saturation, they are what sets the rate.
    let loadShare: Double
    /// How much of the cores others had meanwhile, or the machine below took away, 0…1.
    let otherShare: Double
    /// The part of all requests that the contender told of in its access log; 0 without one.
    var loggedPart = 0.0

    /// Microseconds of CPU per unit.
    var cpu: Double { user + system }

    /// What is counted.
    enum Unit {
        case answers
        case mebibytes

        func count(_ report: CrowdReport) -> Double {
            switch self {
            case .answers: Double(report.answered)
            case .mebibytes: Double(report.octets) / Double(1 << 20)
            }
        }
    }

    /// Before what is measured: queues fill, memory is touched.
    private static let settlingSeconds = 0.2

    /// Lets a contender take its turn.
    ///
    /// - Throws: ``BenchFault`` when a request fails: figures of failures are worth nothing.
    static func take(
        _ contender: Contender, crowd: CrowdHandle, pace: Pace, unit: Unit, cores: Cores,
        seconds: Double
    ) throws(BenchFault) -> Round {
        try crowd.go(pace)
        Thread.sleep(forTimeInterval: settlingSeconds)
        let settling = try crowd.go(pace)
        let before = try Spending(contender, cores)
        Thread.sleep(forTimeInterval: seconds)
        let report = try crowd.look()
        let after = try Spending(contender, cores)
        let settled = try crowd.settle()
        guard settled.failed == 0, settled.waiting == 0, unit.count(report) > 0 else {
            // A contender that is gone is the better reason.
            _ = try contender.cpuTime()
            throw .answer(
                name: contender.name,
                found: "\(settled.failed) failures and \(settled.waiting) silences beside "
                    + "\(settled.answered) answers; the first: \(settled.firstFailure)",
                expected: "no failure")
        }
        var round = Round(report, unit, before, after, cores)
        let answered = settling.answered + settled.answered
        if let lines = try contender.takeLogLines() {
            round.loggedPart = Double(lines) / Double(answered)
        }
        return round
    }
}

extension Round {
    private init(
        _ report: CrowdReport, _ unit: Unit, _ before: Spending, _ after: Spending, _ cores: Cores
    ) {
        let elapsed = (after.instant - before.instant) / .seconds(1)
        let spent = after.contender - before.contender
        let ourselves = after.ourselves - before.ourselves
        let others =
            (after.machine.busy - before.machine.busy - spent.total - ourselves)
            + (after.machine.stolen - before.machine.stolen)
        let rate = unit.count(report) / report.seconds
        // Both are rates of a steady state, so that their intervals need not be quite the same.
        let microseconds = 1_000_000 / elapsed / rate
        self.init(
            user: spent.user * microseconds, system: spent.system * microseconds, rate: rate,
            p50: report.latencies.percentile(0.50), p99: report.latencies.percentile(0.99),
            keptUp: report.keptUp, coreShare: spent.total / elapsed,
            loadShare: ourselves / elapsed,
            otherShare: max(0, others) / (elapsed * Double(cores.all.count)))
    }
}

/// Who has spent how much so far.
private struct Spending {
    let contender: CPUTime
    let instant = ContinuousClock().now
    /// Load, backend and all else of this process, seconds.
    let ourselves: Double
    let machine: MachineTime

    init(_ contender: Contender, _ cores: Cores) throws(BenchFault) {
        self.contender = try contender.cpuTime()
        ourselves = try CPUTime.ofSelfAndEnded().total
        machine = try MachineTime(of: cores.all)
    }
}
