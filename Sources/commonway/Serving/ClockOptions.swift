import ArgumentParser

/// How a council keeps time.
struct ClockOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How often the council looks at its clock, milliseconds: at most so long after its "
                + "instant what is due is appended, also when the clock of the machine was set.",
            valueName: "ms"))
    var clockInterval = 200

    /// Below, looking costs more than it tells; above, readers would come to see what is due late.
    private static let range = 5...10_000

    /// The interval.
    ///
    /// - Throws: ``Complaint`` for one out of bounds.
    func milliseconds() throws(Complaint) -> Int64 {
        guard Self.range.contains(clockInterval) else {
            throw .usage(
                "\(clockInterval) is not \(Self.range.lowerBound)…\(Self.range.upperBound) "
                    + "milliseconds", at: "--clock-interval",
                next: "leave it out: the council then looks every 200 ms")
        }
        return Int64(clockInterval)
    }

    /// The option as a command line, for the council that `serve` starts.
    var arguments: [String] { ["--clock-interval", "\(clockInterval)"] }
}
