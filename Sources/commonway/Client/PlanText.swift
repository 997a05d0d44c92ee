import CanonicalJSON

/// A plan (docs/formats.md §5) in words.
enum PlanText {
    /// The lines that show what a plan changes; one that says so when it changes nothing.
    static func lines(_ plan: JSONValue, style: Style) -> [String] {
        let changes = plan["changes"]?.array ?? []
        var lines = changes.map { change($0, style: style) }
        for move in plan["moves"]?.array ?? [] {
            guard let pair = move.array, pair.count == 2 else { continue }
            lines.append("  requests move: \(rule(pair[0])) → \(rule(pair[1]))")
        }
        if !lines.isEmpty { return lines }
        // A charter or an election changes much, and no document.
        return [plan["measures"] == nil ? "  nothing changes" : "  no document changes"]
    }

    /// The lines that say which rules come, go or differ, and in what.
    static func rules(_ rules: JSONValue) -> [String] {
        (rules.array ?? []).map { rule in
            let name = Output.plain(rule["rule"]?.string ?? "?")
            let kind = Output.plain(rule["kind"]?.string ?? "?")
            let fields = (rule["fields"]?.array ?? []).map { Output.plain($0.string ?? "") }
            return "  rule \(name) \(kind)"
                + (fields.isEmpty ? "" : ": \(fields.joined(separator: ", "))")
        }
    }

    private static func change(_ change: JSONValue, style: Style) -> String {
        let name = Output.plain("\(change["kind"]?.string ?? "?")/\(change["name"]?.string ?? "")")
        let before = change["before"]?.string ?? ""
        let after = change["after"]?.string ?? ""
        if before.isEmpty { return style.green("  + \(name)") + "  \(after.prefix(12))" }
        if after.isEmpty { return style.red("  - \(name)") + "  \(before.prefix(12))" }
        return style.yellow("  ~ \(name)") + "  \(before.prefix(12)) → \(after.prefix(12))"
    }

    private static func rule(_ rule: JSONValue) -> String {
        let text = rule.string ?? ""
        return text.isEmpty ? "no rule (404)" : Output.plain(text)
    }
}
