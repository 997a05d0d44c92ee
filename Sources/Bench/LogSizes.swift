/// How large the logs are that a run makes.
struct LogSizes {
    /// A long mixed log.
    var log = MixedLog.Size()
    /// A community in which many votes are open.
    var ballots = BallotBox.Size()
    /// A large community.
    var community = LargeLog.Size()
    /// What the report says of them; empty for those that the goals are about.
    var note = ""

    /// Those of a quick run: a tenth, or less.
    static let quick = LogSizes(
        log: MixedLog.Size(entries: 10_000, enactments: 200, routes: 500, members: 60),
        ballots: BallotBox.Size(members: 500, votes: 20),
        community: LargeLog.Size(members: 5_000, ballots: 500),
        note: " (quick: smaller than the goal is about)")
}
