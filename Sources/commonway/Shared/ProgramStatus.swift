/// How the program ends, the same for every command (docs/cli.md); scripts may rely on it.
enum ProgramStatus: Int32, Sendable {
    /// What was asked for is done, or was so already.
    case done = 0
    /// The council, or a check of what it says, refused.
    case refused = 1
    /// Wrong usage, or a file that cannot be read as what it should be. Nothing was sent.
    case usage = 2
    /// What was compared differs; only from commands whose help says so.
    case differs = 3
    /// No answer from the council, or not now; the same command may work later.
    case unreachable = 4
    /// No session here, or one that has ended: `commonway login` comes first.
    case notLoggedIn = 5
}
