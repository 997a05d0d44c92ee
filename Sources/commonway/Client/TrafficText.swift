import CanonicalJSON

/// An estimate of the traffic that a plan moves (docs/formats.md §5) in words.
enum TrafficText {
    /// A line for each pair of rules; none when nothing was recorded.
    ///
    /// - Parameter most: The most pairs that are shown; the rest is counted.
    static func lines(_ traffic: JSONValue?, atMost most: Int = .max) -> [String] {
        guard let traffic, let requests = traffic["requests"]?.integer, requests > 0 else {
            return []
        }
        let moves = traffic["moves"]?.array ?? []
        var lines = moves.prefix(most).map { move in
            "  of last week's \(number(requests)) requests \(bounds(move)) move from "
                + "\(rule(move["before"])) to \(rule(move["after"])) "
                + "(unverified: as the gateways counted)"
        }
        if moves.count > most {
            lines.append("  and \(moves.count - most) more pairs of rules")
        }
        let earlier = traffic["decidedEarlier"]?.integer ?? 0
        if earlier > 0 && !lines.isEmpty {
            lines.append(
                "    \(number(earlier)) of them were served under former routes; of those only "
                    + "host and method are known to hold")
        }
        return lines
    }

    private static func bounds(_ move: JSONValue) -> String {
        "at least \(number(move["atLeast"]?.integer ?? 0)), "
            + "at most \(number(move["atMost"]?.integer ?? 0))"
    }

    private static func rule(_ rule: JSONValue?) -> String {
        let text = rule?.string ?? ""
        return text.isEmpty ? "no rule (404)" : Output.plain(text)
    }

    /// `12,345`.
    private static func number(_ number: Int64) -> String {
        let digits = Array(String(number))
        return digits.enumerated().reduce(into: "") { text, digit in
            if digit.offset > 0 && (digits.count - digit.offset) % 3 == 0 { text += "," }
            text.append(digit.element)
        }
    }
}
