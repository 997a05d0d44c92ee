/// What one turn of one contender showed.
struct Round {
    /// Microseconds of CPU per request, in the contender's code.
    let user: Double
    /// And in the kernel, for it.
    let system: Double
    /// Requests a second.
    let rate: Double
    /// Microseconds within which half of the requests were answered.
    let p50: Double
    /// And 99 of 100.
    let p99: Double
    /// How busy the contender kept its core, 0…1.
    let coreShare: Double
    /// How much of the cores others had meanwhile, or the machine below took away, 0…1.
    let otherShare: Double

    /// Microseconds of CPU per request.
    var cpu: Double { user + system }

    /// Lets a contender take its turn.
    ///
    /// - Parameter backend: Who answers it; its time is known not to be others'.
    /// - Throws: ``BenchFault``.
    static func take(
        _ contender: Contender, load: Load, backend: Contender, cores: Cores, seconds: Int
    ) throws(BenchFault) -> Round {
        let before = try Spending(contender, backend, cores)
        let clock = ContinuousClock()
        let start = clock.now
        let result = try load.run(on: contender, seconds: seconds)
        let elapsed = (clock.now - start) / .seconds(1)
        let after = try Spending(contender, backend, cores)
        let spent = after.contender - before.contender
        let ours = spent.total + (after.helpers - before.helpers)
        let others =
            (after.machine.busy - before.machine.busy - ours)
            + (after.machine.stolen - before.machine.stolen)
        let microseconds = 1_000_000 / Double(result.requests)
        return Round(
            user: spent.user * microseconds, system: spent.system * microseconds,
            rate: Double(result.requests) / result.seconds, p50: result.p50, p99: result.p99,
            coreShare: spent.total / elapsed,
            otherShare: max(0, others) / (elapsed * Double(cores.all.count)))
    }
}

/// Who has spent how much so far.
private struct Spending {
    let contender: CPUTime
    /// Backend, load and this process, seconds.
    let helpers: Double
    let machine: MachineTime

    init(_ contender: Contender, _ backend: Contender, _ cores: Cores) throws(BenchFault) {
        self.contender = try contender.cpuTime()
        helpers = try backend.cpuTime().total + CPUTime.ofSelfAndEnded().total
        machine = try MachineTime(of: cores.all)
    }
}
