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

    /// Asks the council as ``ask(_:of:)`` does, about what would change something.
    ///
    /// - Throws: ``Complaint``; with ``ProgramStatus/usage`` for what could not be enacted.
    static func changes(
        _ operations: JSONValue, by api: CouncilAPI
    ) async throws(Complaint) -> PlannedProposal {
        let refusal: Complaint
        do throws(Complaint) {
            return try await ask(operations, of: api)
        } catch {
            guard error.what.hasPrefix("plan-refused: ") else { throw error }
            refusal = Complaint(.usage, error.what, at: error.place, next: error.next)
        }
        let inForce = Set(try await api.list("/documents").compactMap { $0["digest"]?.string })
        let all = operations.array ?? []
        let changing = changing(all) { inForce.contains($0) }
        if changing.isEmpty { return nothing(operations) }
        guard changing.count < all.count else { throw refusal }
        do throws(Complaint) {
            return try await ask(.array(changing), of: api)
        } catch {
            guard error.what.hasPrefix("plan-refused: ") else { throw error }
            throw Complaint(.usage, error.what, at: error.place, next: error.next)
        }
    }

    /// Whether enacting it would change anything.
    var changes: Bool {
        let plan = value["plan"]
        return plan?["changes"]?.array?.isEmpty == false || plan?["moves"]?.array?.isEmpty == false
    }

    /// The plan in words, with the requests that change hands, and how many there were of them.
    func lines(style: Style) -> [String] {
        var lines = [style.bold("class: \(Output.plain(value["class"]?.string ?? "?"))")]
        for reason in value["reasons"]?.array ?? [] {
            lines.append("  because \(Output.plain(reason.string ?? ""))")
        }
        for notice in value["notices"]?.array ?? [] {
            lines.append("  note: \(Output.plain(notice.string ?? ""))")
        }
        return lines + PlanText.lines(value["plan"] ?? [:], style: style)
            + PlanText.rules(value["rules"] ?? [])
            + ShadowText.lines(value["shadow"] ?? [:])
            + TrafficText.lines(value["traffic"])
    }
}
