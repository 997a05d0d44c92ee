import CanonicalJSON

/// What stands on the documents without a vote, in words. Pure: the time is an argument.
struct OverlayText: Sendable {
    /// What the council says of it.
    let list: OverlayList
    /// The time now, milliseconds since 1970.
    let now: Int64

    /// Everything that is up or refused, a line each.
    var standing: [String] {
        list.up.map { line($0) }
            + list.refusals.map { refusal in
                "\(Output.plain(refusal["name"]?.string ?? "?")) is refused by the operator "
                    + "(entry \(refusal["index"]?.integer ?? 0)): "
                    + Output.plain(refusal["reason"]?.string ?? "")
            }
    }

    /// One that is up: `HTTPRoute/library is disabled until … (9 h left), by member 2, entry 41`.
    func line(_ item: JSONValue) -> String {
        let name = Output.plain(item["name"]?.string ?? "?")
        return "\(name) \(what(item)) \(until(item)), by \(MemberText.list(item["by"])), "
            + "entry \(item["index"]?.integer ?? 0)"
    }

    /// Everything about who may act.
    var stewardLines: [String] {
        var lines: [String] = []
        for steward in list.value["stewards"]?["members"]?.array ?? [] {
            lines.append(
                "member \(steward["member"]?.integer ?? 0), can sign "
                    + "\(steward["left"]?.integer ?? 0) more")
        }
        lines.append(mandate)
        lines.append("\(list.together) together let an emergency last until a vote has decided")
        for suspended in list.value["stewards"]?["suspended"]?.array ?? [] {
            lines.append(
                "member \(suspended["member"]?.integer ?? 0) lost the power until "
                    + time(suspended["until"]?.integer ?? 0))
        }
        return lines
    }

    private var mandate: String {
        guard let elected = list.value["stewards"]?["elected"]?.array,
            let until = list.value["stewards"]?["until"]?.integer
        else { return "the founders: no stewards are elected" }
        if elected.isEmpty { return "the founders, as members voted" }
        let others = list.stewards.contains { !elected.contains(.integer($0)) }
        return "elected until \(time(until))"
            + (others ? "; founders besides, since fewer than two of the elected are members" : "")
    }

    /// What may be restored, a line each.
    var pastLines: [String] {
        list.past.map { past in
            "\(Output.plain(past["name"]?.string ?? "?"))  \(StatementText.short(past["digest"]))  "
                + "from proposal \(past["proposal"]?.integer ?? 0) "
                + "to \(Moment.text(past["t"]?.integer ?? 0)), "
                + "until \(time(past["until"]?.integer ?? 0))"
        }
    }

    /// Keepers whom members are about to undo or undid, a line each.
    var keeperLines: [String] {
        (list.value["undoing"]?.array ?? []).map { item in
            "member \(item["keeper"]?.integer ?? 0) of \(backend(item)): "
                + "\(MemberText.list(item["by"])) signed to undo, of "
                + "\(item["needed"]?.integer ?? 0) needed"
        }
            + (list.value["undone"]?.array ?? []).map { item in
                "member \(item["keeper"]?.integer ?? 0) of \(backend(item)): undone"
            }
    }

    /// In few words what is laid over a document in force, for a column; `as ratified` for nothing.
    ///
    /// - Parameter effect: What the council says has an effect (docs/formats.md §1).
    func short(_ name: String, effect: String?) -> String {
        guard let effect, !effect.isEmpty else { return "as ratified" }
        let words = effect.split(separator: ",").map { part -> String in
            switch part.prefix(while: { $0 != ":" }) {
            case "refused": return "refused by the operator"
            case "disabled": return "disabled \(until(list.emergency(on: name) ?? [:]))"
            case "restored": return "restored \(until(list.emergency(on: name) ?? [:]))"
            case "endpoints":
                let backend = String(name.dropFirst("Backend/".count))
                return "moved by "
                    + MemberText.list(list.endpoints(ofBackend: backend)?["by"])
            default: return Output.plain(part)
            }
        }
        return words.joined(separator: ", ")
    }

    /// The endpoints of a list in documents' form: `10.0.0.7:80 10.0.0.8:80=2`.
    static func endpoints(_ value: JSONValue?) -> String {
        let words = (value?.array ?? []).map { endpoint in
            let address = endpoint["address"]?.string ?? "?"
            let host = address.contains(":") && endpoint["port"] != nil ? "[\(address)]" : address
            return host + (endpoint["port"]?.integer.map { ":\($0)" } ?? "")
                + (endpoint["weight"]?.integer.map { "=\($0)" } ?? "")
        }
        return Output.plain(words.joined(separator: " "))
    }

    private func what(_ item: JSONValue) -> String {
        switch item["kind"]?.string {
        case "disable": "is disabled"
        case "restore": "is restored to \(StatementText.short(item["digest"]))"
        case "endpoints": "has endpoints \(Self.endpoints(item["endpoints"]))"
        default: Output.plain(item["kind"]?.string ?? "?")
        }
    }

    private func until(_ item: JSONValue) -> String {
        if let until = item["until"]?.integer { return "until \(time(until))" }
        if let proposal = item["proposal"]?.integer {
            return "until proposal \(proposal) is decided"
        }
        return "until somebody changes it"
    }

    private func time(_ instant: Int64) -> String {
        "\(Moment.text(instant)) (\(Moment.span(instant - now)) left)"
    }

    private func backend(_ item: JSONValue) -> String {
        "Backend/\(Output.plain(item["backend"]?.string ?? "?"))"
    }
}
