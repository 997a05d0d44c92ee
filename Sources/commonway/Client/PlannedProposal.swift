import CanonicalJSON

/// What the council computes for operations, before anybody signs them (`POST /plan`).
struct PlannedProposal: Sendable {
    /// The whole answer.
    let value: JSONValue

    /// Asks the council, and checks that it planned what was sent.
    static func ask(
        _ operations: JSONValue, of api: CouncilAPI
    ) async throws(Complaint) -> PlannedProposal {
        let value = try await api.post("/plan", ["operations": operations]).value
        guard value["payload"]?.string == HexDigest.of(operations), value["plan"] != nil else {
            throw .refused(
                "the council planned other operations than those sent", at: api.address.text,
                next: "do not sign; tell the other members")
        }
        return PlannedProposal(value: value)
    }

    /// Whether enacting it would change anything.
    var changes: Bool {
        let plan = value["plan"]
        return plan?["changes"]?.array?.isEmpty == false || plan?["moves"]?.array?.isEmpty == false
    }

    /// The plan in words.
    func lines(style: Style) -> [String] {
        var lines = [style.bold("class: \(Output.plain(value["class"]?.string ?? "?"))")]
        for reason in value["reasons"]?.array ?? [] {
            lines.append("  because \(Output.plain(reason.string ?? ""))")
        }
        return lines + PlanText.lines(value["plan"] ?? [:], style: style)
    }
}
