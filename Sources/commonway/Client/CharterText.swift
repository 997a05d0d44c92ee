import CanonicalJSON
import Governance
import Routing

/// A charter in words, with what it comes to for so many electors. Pure.
struct CharterText: Sendable {
    /// The charter.
    let charter: Charter
    /// The numbers of electors, ascending.
    let electors: [Int]

    /// Every rule, a line each.
    ///
    /// - Parameter today: The number of electors of today, which is marked.
    func lines(today: Int?) -> [String] {
        var lines: [String] = []
        if charter.demo { lines.append("A demonstration: periods may be seconds.") }
        for changeClass in ChangeClass.allCases { lines += self.lines(of: changeClass, today) }
        return lines + sponsorLines(today) + timeLines + memberLines(today)
            + overlayLines(today) + limitLines
    }

    /// The numbers that the words are about, as JSON: by number of electors.
    var value: JSONValue {
        .array(
            electors.map { count in
                var object = JSONObject()
                object["electors"] = .integer(Int64(count))
                object["sponsors"] = .integer(Int64(charter.sponsorsNeeded(of: count)))
                object["together"] = .integer(Int64(charter.emergency.together(of: count)))
                object["undo"] = .integer(Int64(charter.keepers.needed(of: count)))
                object["admitted"] = .integer(Int64(charter.admission.cap(of: count)))
                for changeClass in ChangeClass.allCases {
                    let needed = charter.rules(for: changeClass)
                        .yesNeeded(of: count, in: changeClass)
                    object[changeClass.rawValue] = .integer(Int64(needed))
                }
                return .object(object)
            })
    }

    private func lines(of changeClass: ChangeClass, _ today: Int?) -> [String] {
        let rules = charter.rules(for: changeClass)
        let margin =
            rules.margin == 1
            ? "more yes than no" : "at least \(rules.margin) times as many yes as no, and more"
        return [
            "",
            "\(changeClass.rawValue): carried by "
                + numbers(today) { rules.yesNeeded(of: $0, in: changeClass) } + " yes votes,",
            "  and \(margin). Ties fail; abstentions only show turnout.",
            "  Discussed for \(rules.discussion.words) at least, "
                + "voted on for \(rules.voting.words), "
                + "in force \(rules.delay.words) after the close,",
            "  and if that is missed by more than \(rules.applyBy.words), not at all.",
        ]
    }

    private func sponsorLines(_ today: Int?) -> [String] {
        [
            "",
            "sponsors: a vote opens once " + numbers(today) { charter.sponsorsNeeded(of: $0) }
                + " members stand behind it, "
                + "its proposer among them;",
            "  an admission needs \(charter.admission.sponsors) at least.",
            "unanimous: once every elector said yes the vote closes and nothing is waited for; "
                + "not for the charter or an expulsion.",
        ]
    }

    private var timeLines: [String] {
        let swing = charter.lateSwing
        return [
            "late swing: an outcome that turns in the last "
                + "\(swing.numerator)/\(swing.denominator) of a "
                + "vote extends it by as much, once.",
            "outage: when nothing was logged for more than 3 × \(charter.heartbeat.words), "
                + "votes last longer by that, half of their time at most.",
            "revert: for \(charter.revertWithin.words) after an enactment a routine vote, without "
                + "discussion or delay, may put back what was before.",
        ]
    }

    private func memberLines(_ today: Int?) -> [String] {
        [
            "tenure: who joined votes on what opens \(charter.tenure.words) later; "
                + "founders at once.",
            "admission: in any \(charter.admission.period.words) at most "
                + numbers(today) { charter.admission.cap(of: $0) } + " newcomers; the rest wait. "
                + "At most \(charter.admission.batch) a proposal.",
            "expulsion: discussed for \(charter.expulsionReply.words) at least; "
                + "its subject does not vote on it and counts.",
        ]
    }

    private func overlayLines(_ today: Int?) -> [String] {
        let emergency = charter.emergency
        return [
            "keepers: " + numbers(today) { charter.keepers.needed(of: $0) }
                + " electors undo a keeper, who moved machines of a backend without a vote.",
            "emergency: one steward disables a route or restores what was in force for "
                + "\(emergency.alone.words);",
            "  " + numbers(today) { emergency.together(of: $0) }
                + " together until a routine vote, opened at once, has decided.",
            "  Carried, it lasts \(emergency.confirmed.words) more; not carried, they lose the "
                + "power for \(emergency.suspended.words).",
            "  A steward signs at most \(emergency.signatures) in \(emergency.period.words). "
                + "Stewards are elected for \(emergency.term.words);",
            "  while fewer than two are, every founder is one. What went out of force may be "
                + "restored for \(emergency.restorable.words).",
        ]
    }

    private var limitLines: [String] {
        let limits = charter.limits
        return [
            "limits: \(limits.votingPerMember) in voting and "
                + "\(limits.discussionPerMember) in discussion "
                + "of one member, \(limits.openVotes) votes open in all;",
            "  \(limits.statementsPerDay) statements a member and day, \(limits.ballotsPerElector) "
                + "ballots and \(limits.remarksPerMember) remarks on one proposal;",
            "  what was voted down returns after \(limits.rejectedReturns.words); "
                + "a discussion that nobody goes on with ends after "
                + "\(limits.discussionExpires.words).",
        ]
    }

    /// `1 of 1, 2 of 3, 6 of 10 (today)`.
    private func numbers(_ today: Int?, _ needed: (Int) -> Int) -> String {
        electors.map { count in
            "\(needed(count)) of \(count)" + (count == today ? " (today)" : "")
        }.joined(separator: ", ")
    }
}

extension Period {
    /// The period as charters write it: `5d`, `1h30m`, `0s`.
    fileprivate var words: String {
        var left = milliseconds / 1000
        var text = ""
        for (letter, seconds) in [("d", Int64(86_400)), ("h", 3600), ("m", 60), ("s", 1)] {
            if left >= seconds { text += "\(left / seconds)\(letter)" }
            left %= seconds
        }
        return text.isEmpty ? "0s" : text
    }
}
