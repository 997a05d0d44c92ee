import CanonicalJSON
import Governance

/// One entry in one line, for people.
enum EntryText {
    /// `34  2026-03-01 12:00:05Z  ballot  proposal 7  member 3  yes`.
    static func line(_ entry: AuditedEntry) -> String {
        var parts = ["\(entry.index)", Moment.text(entry.t), entry.act ?? entry.kind]
        if let proposal = entry.proposal { parts.append("proposal \(proposal)") }
        if let by = entry.by { parts.append("member \(by)") }
        parts += details(entry)
        if case .void(let refusal) = entry.verdict {
            parts.append("void: \(refusal.code.rawValue): \(refusal.detail)")
        }
        return Output.plain(parts.joined(separator: "  "))
    }

    private static func details(_ entry: AuditedEntry) -> [String] {
        let value = entry.value
        if let statement = entry.statement {
            if let operations = statement["operations"]?.array {
                return [operations.map(operation).joined(separator: ", ")]
            }
            return [statement["choice"]?.string].compactMap { $0 } + overlay(entry, statement)
        }
        switch ClaimKind(rawValue: entry.kind) {
        case .open:
            return [
                value["class"]?.string ?? "", "\(number(value, "electors")) electors",
                "quorum \(number(value, "quorum"))",
            ]
        case .close:
            return [
                "yes \(number(value, "yes")), no \(number(value, "no")), "
                    + "abstain \(number(value, "abstain"))", value["outcome"]?.string ?? "",
            ]
        case .enact: return ["table \((value["table"]?.string ?? "").prefix(16))"]
        case .lift:
            return ["entry \(number(value, "overlay")) ends"] + entry.documents.sorted()
        default: return claim(entry)
        }
    }

    /// What is no claim and no single member's word.
    private static func claim(_ entry: AuditedEntry) -> [String] {
        switch entry.kind {
        case "refuse": entry.documents.sorted() + [entry.value["reason"]?.string ?? ""]
        case "permit": entry.documents.sorted()
        case "succeed": [succession(entry.value["statements"]?.array ?? [])]
        default: []
        }
    }

    private static func succession(_ statements: [JSONValue]) -> String {
        let members = statements.compactMap { $0["stmt"]?["by"]?.integer }
        let origin = statements.first?["stmt"]?["origin"]?.string ?? "?"
        return "\(MemberText.list(members)) for \(origin)"
    }

    /// What a steward, a keeper, or an elector against one, signed.
    private static func overlay(_ entry: AuditedEntry, _ statement: JSONValue) -> [String] {
        let name = entry.documents.sorted()
        switch entry.act {
        case "emergency": return [statement["disable"] == nil ? "restore" : "disable"] + name
        case "endpoints": return name + [OverlayText.endpoints(statement["endpoints"])]
        case "undo": return name + ["keeper \(number(statement, "keeper"))"]
        default: return []
        }
    }

    private static func operation(_ value: JSONValue) -> String {
        AuditedEntries.name(value).map { "\(value["op"]?.string ?? "") \($0)" }
            ?? StatementText.operations([value]).joined()
    }

    private static func number(_ value: JSONValue, _ name: String) -> String {
        value[name]?.integer.map { String($0) } ?? "?"
    }
}
