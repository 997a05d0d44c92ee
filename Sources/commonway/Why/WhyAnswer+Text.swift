import CanonicalJSON
import Governance
import Routing

extension WhyAnswer {
    /// The most losers that people are shown; --json has all.
    private static let losersMax = 20

    /// The answer for people, a line each.
    func lines(style: Style) -> [String] {
        var lines = [style.bold(Output.plain("\(request.method) \(request.url)"))]
        lines += decisionLines(style: style)
        lines += ReportText(report: report).lines.map { "  \($0)" }
        lines += voteLines
        let losers = candidates.filter { $0.verdict != .wins }
        if !losers.isEmpty { lines.append(style.bold("What else fits by host and path")) }
        for loser in losers.prefix(Self.losersMax) {
            lines.append("  \(Self.name(loser)): \(Output.plain(Self.reasons(loser)))")
        }
        if losers.count > Self.losersMax {
            lines.append("  and \(losers.count - Self.losersMax) more; --json lists all")
        }
        return lines
    }

    private func decisionLines(style: Style) -> [String] {
        if let winner = candidates.first(where: { $0.verdict == .wins }) {
            return [style.green("  \(Self.name(winner))")]
        }
        if case .refused = reading { return [style.red("  refused before any rule is asked")] }
        return [style.red("  no rule fits")]
    }

    /// Which vote put the route in force.
    private var voteLines: [String] {
        guard let ratified, let log = inForce.log else { return [] }
        var lines = [
            "  by proposal \(ratified.enactment.proposal), enacted by entry "
                + "\(ratified.enactment.entry) of \(Output.plain(log.state.origin)) "
                + "(\(log.state.entries) entries verified); ratified first by entry "
                + "\(ratified.sequence)"
        ]
        if let vote = proposal?.vote {
            lines.append(
                "  vote: yes \(vote.tally.yes) of \(vote.quorum) needed, no \(vote.tally.no), "
                    + "abstain \(vote.tally.abstain) (\(vote.electors) electors, "
                    + "\(vote.changeClass.rawValue)), opened by entry \(vote.index)"
                    + (proposal?.closing.map { ", closed by entry \($0.index)" } ?? ""))
        }
        return lines
    }

    /// The match in words: `library/reading: library.example.org, PathPrefix /catalogue, GET`.
    private static func name(_ candidate: Candidate) -> String {
        let condition = candidate.condition
        let path = condition.path.value.isEmpty ? "/" : condition.path.value
        var parts = [
            candidate.hostname?.text ?? "every host", "\(condition.path.kind.rawValue) \(path)",
        ]
        if let method = condition.method { parts.append(method) }
        parts += condition.headers.map { "\($0.name): \($0.value)" }
        parts += condition.queryParams.map { "?\($0.name)=\($0.value)" }
        return Output.plain(
            "\(candidate.route)/\(candidate.rule) (\(parts.joined(separator: ", ")))")
    }

    private static func reasons(_ candidate: Candidate) -> String {
        switch candidate.verdict {
        case .wins: ""
        case .unmet(let unmet): unmet.map(\.words).joined(separator: "; ")
        case .outranked(let step): step.words
        }
    }
}
