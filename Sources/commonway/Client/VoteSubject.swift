import CanonicalJSON

/// What a vote is about, checked to be what the log says it is.
///
/// A ballot names the leaf hash of the entry that opened the vote. This follows that hash down to
/// the operations and the plan that are shown, so that nobody signs what was not shown to them.
struct VoteSubject: Sendable {
    /// The proposal as the council describes it.
    let proposal: JSONValue
    /// Its number.
    let number: Int64
    /// The leaf hash that ballots name.
    let openLeaf: String
    /// The entry's index.
    let openIndex: Int64

    /// How often to ask whether the opening is published, and how long to wait in between: 5 s in
    /// all, many times what a council takes.
    private static let publicationTries = 20
    private static let publicationPause: Duration = .milliseconds(250)

    /// Reads a proposal that is being voted on, with the entry that opened the vote.
    ///
    /// - Throws: ``Complaint`` when it is not in voting, or when proposal and entry contradict
    ///   each other.
    static func read(_ number: Int64, from api: CouncilAPI) async throws(Complaint) -> VoteSubject {
        let proposal = try await api.get("/proposals/\(number)")
        let status = proposal["status"]?.string ?? "?"
        guard status == "voting", let open = proposal["open"], let leaf = open["leaf"]?.string,
            let index = open["index"]?.integer
        else {
            throw .refused(
                "proposal \(number) is not being voted on: its status is \(Output.plain(status))",
                next: status == "discussion"
                    ? "commonway sponsor \(number)" : "commonway proposals \(number)")
        }
        let subject = VoteSubject(
            proposal: proposal, number: number, openLeaf: leaf, openIndex: index)
        try await subject.waitUntilPublished(api)
        try subject.check(entry: try await api.get("/entries/\(index)")["entry"] ?? [:])
        return subject
    }

    /// Waits for the checkpoint that holds the opening: a council decides a moment before it
    /// publishes, and a ballot names what is published.
    private func waitUntilPublished(_ api: CouncilAPI) async throws(Complaint) {
        for _ in 0..<Self.publicationTries {
            let size = try await api.get("/checkpoint")["size"]?.integer ?? 0
            if size > openIndex { return }
            // A cancelled wait asks once more at once, and the program ends soon anyway.
            try? await Task.sleep(for: Self.publicationPause)
        }
        throw Complaint(
            .unreachable, "the opening of the vote is decided and not published yet",
            at: "entry \(openIndex)", next: "repeat the command in a few seconds")
    }

    /// Checks that an entry opened this vote on what the proposal shows.
    func check(entry: JSONValue) throws(Complaint) {
        let shown = proposal["operations"] ?? []
        let checks: [(String, Bool)] = [
            ("its leaf hash", HexDigest.ofLeaf(entry) == openLeaf),
            ("its kind", entry["kind"]?.string == "open"),
            ("its proposal", entry["proposal"]?.integer == number),
            ("the operations shown", entry["payload"]?.string == HexDigest.of(shown)),
            ("the plan shown", entry["plan"] == proposal["plan"].map { .string(HexDigest.of($0)) }),
        ]
        let wrong = checks.filter { !$0.1 }.map(\.0)
        guard wrong.isEmpty else {
            throw .refused(
                "the council shows something else than the log's entry: "
                    + wrong.joined(separator: ", "),
                at: "entry \(openIndex)", next: "do not vote; tell the other members")
        }
    }
}
