import CanonicalJSON

/// A proposal (docs/formats.md §8) in words. Pure: the time is an argument.
struct ProposalText {
    /// The proposal as the council describes it.
    let value: JSONValue
    /// The time now, milliseconds since 1970.
    let now: Int64

    /// Its number.
    var number: Int64 { value["number"]?.integer ?? 0 }
    /// Its status word.
    var status: String { value["status"]?.string ?? "?" }

    /// What it asks for, on one line.
    var subject: String {
        StatementText.operations(value["operations"]?.array ?? []).joined(separator: ", ")
    }

    /// What the status waits for: time left, sponsors missing, or when it ended.
    var waitsFor: String {
        switch status {
        case "discussion":
            let missing = sponsorsMissing
            let ends = (value["discussionEnds"]?.integer ?? 0) - now
            let time = ends > 0 ? "opens in \(Moment.span(ends)) at the earliest" : "time is up"
            return missing > 0 ? "\(missing) more sponsors needed, \(time)" : time
        case "voting": return "closes in \(left("open", "closes"))"
        case "queued": return "enacted in \(Moment.span((value["enactDue"]?.integer ?? 0) - now))"
        default:
            let ended = value["ended"]?["t"]?.integer ?? value["closed"]?["t"]?.integer
            return ended.map { Moment.text($0) } ?? ""
        }
    }

    /// How many more sponsors it needs before a vote can open.
    var sponsorsMissing: Int64 { max(0, (value["sponsorsNeeded"]?.integer ?? 0) - sponsors) }

    /// Votes against what is needed, such as `yes 1 of 2, no 0, abstain 0 (3 electors)`.
    var tally: String? {
        guard let tally = value["tally"], let open = value["open"] else { return nil }
        func count(_ name: String) -> Int64 { tally[name]?.integer ?? 0 }
        return "yes \(count("yes")) of \(open["quorum"]?.integer ?? 0), no \(count("no")), "
            + "abstain \(count("abstain")) (\(open["electors"]?.integer ?? 0) electors, "
            + "yes must be \(open["margin"]?.integer ?? 1) times no)"
    }

    /// Everything, a line each.
    ///
    /// - Parameter report: What it would do to requests, which follows what it changes.
    func lines(style: Style, report: [String] = []) -> [String] {
        var lines = [
            style.bold("proposal \(number)") + "  \(Output.plain(status))  "
                + Output.plain(value["class"]?.string ?? "not classed yet"),
            "  by \(proposer), " + Moment.text(value["proposed"]?.integer ?? 0),
        ]
        if let reason = value["reason"]?.string {
            lines.append("  reason: \(Output.plain(reason))")
        }
        for reason in value["classReasons"]?.array ?? [] {
            lines.append("  classed so because: \(Output.plain(reason.string ?? ""))")
        }
        for notice in value["notices"]?.array ?? [] {
            lines.append("  note: \(Output.plain(notice.string ?? ""))")
        }
        lines += StatementText.operations(value["operations"]?.array ?? []).map { "  \($0)" }
        // What stands by an emergency is no document's change, and no plan shows it.
        if !isOfStewards, let plan = value["plan"] { lines += PlanText.lines(plan, style: style) }
        lines += report
        if let refusal = value["planRefusal"]?.string {
            lines.append(style.red("  cannot be enacted as it is: \(Output.plain(refusal))"))
        }
        lines.append(
            isOfStewards
                ? "  signed by \(MemberText.list(value["sponsors"]))"
                : "  sponsors: \(sponsors) of \(value["sponsorsNeeded"]?.integer ?? 0)")
        if let tally { lines.append("  votes: \(tally)") }
        if let outcome = value["closed"]?["outcome"]?.string {
            lines.append("  outcome: \(Output.plain(outcome))")
        }
        if !waitsFor.isEmpty { lines.append("  \(waitsFor)") }
        return lines
    }

    /// Whether nobody made it: it asks whether what stewards did may last.
    var isOfStewards: Bool { value["by"]?.integer == 0 }

    private var proposer: String {
        isOfStewards
            ? "nobody: it followed what stewards did" : "member \(value["by"]?.integer ?? 0)"
    }

    private var sponsors: Int64 { Int64(value["sponsors"]?.array?.count ?? 0) }

    private func left(_ object: String, _ member: String) -> String {
        Moment.span((value[object]?[member]?.integer ?? 0) - now)
    }
}

extension ProposalText {
    /// The votes for a column: yes against quorum, and no, such as `1/2-0`; `-` before the opening.
    var shortTally: String {
        guard let tally = value["tally"], let open = value["open"] else { return "-" }
        return "\(tally["yes"]?.integer ?? 0)/\(open["quorum"]?.integer ?? 0)"
            + "-\(tally["no"]?.integer ?? 0)"
    }
}
