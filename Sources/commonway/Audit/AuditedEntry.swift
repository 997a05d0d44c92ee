import CanonicalJSON
import Governance
import LogReader
import Routing

/// One entry as auditors filter, list and export it.
struct AuditedEntry: Sendable {
    /// Its place in the log, from 0.
    let index: Int
    /// Its time, milliseconds since 1970.
    let t: Int64
    /// Its kind.
    let kind: String
    /// For a statement: its act.
    let act: String?
    /// For a statement: the member who made it.
    let by: Int?
    /// The proposal that it is about.
    let proposal: Int?
    /// What it is about without any proposal, as `HTTPRoute/name` or `network/…`: of overlays and
    /// refusals.
    let documents: Set<String>
    /// The whole entry.
    let value: JSONValue
    /// The leaf hash.
    let leaf: ContentDigest
    /// What the rules said of it.
    let verdict: Verdict

    /// The statement in it.
    var statement: JSONValue? { value["stmt"] }

    /// As programs read it, one line of `audit log --json`.
    var line: JSONValue {
        var object = JSONObject()
        object["index"] = .integer(Int64(index))
        object["leaf"] = .string(leaf.hex)
        object["t"] = .integer(t)
        object["kind"] = .string(kind)
        object["act"] = act.map { .string($0) }
        object["by"] = by.map { .integer(Int64($0)) }
        object["proposal"] = proposal.map { .integer(Int64($0)) }
        object["entry"] = value
        object["verdict"] = "applied"
        if case .void(let refusal) = verdict {
            object["verdict"] = "void"
            object["code"] = .string(refusal.code.rawValue)
            object["detail"] = .string(refusal.detail)
        }
        return .object(object)
    }
}

/// Gives each entry, in log order, the proposal that it is about.
///
/// Reads what entries say rather than what state keeps, so that it tells of votes long over.
struct AuditedEntries {
    /// The proposals by the leaf hash of the entry that opened their vote.
    private(set) var openedBy: [String: Int] = [:]
    /// The documents that each proposal asks for, as `HTTPRoute/name`.
    private(set) var documents: [Int: Set<String>] = [:]
    /// What overlays are laid over, by the index of the entry that put each up.
    private var laidOver: [Int: String] = [:]

    /// Takes the next entry, with the state that follows from it.
    mutating func take(_ taken: TakenEntry, _ state: State) -> AuditedEntry {
        let value = taken.checked.entry.value
        let statement = value["stmt"]
        let kind = value["kind"]?.string ?? ""
        let leaf = taken.checked.leafHash
        var proposal = (value["proposal"] ?? statement?["proposal"])?.integer.map { Int($0) }
        if let open = statement?["open"]?.string { proposal = proposal ?? openedBy[open] }
        if let operations = statement?["operations"]?.array {
            proposal = proposal ?? state.proposal(loggedAt: taken.index)?.number
            if let proposal {
                documents[proposal, default: []].formUnion(operations.compactMap(Self.name))
            }
        }
        let own = touched(value, at: taken.index)
        if statement?["act"]?.string == "emergency",
            let confirm = state.proposal(loggedAt: taken.index)?.number
        {
            // Nobody proposed it: the signature that completed an emergency began it.
            proposal = confirm
            documents[confirm, default: []].formUnion(own)
        }
        if kind == ClaimKind.open.rawValue, let proposal { openedBy[leaf.hex] = proposal }
        return AuditedEntry(
            index: taken.index, t: taken.checked.entry.t, kind: kind,
            act: statement?["act"]?.string, by: statement?["by"]?.integer.map { Int($0) },
            proposal: proposal, documents: own, value: value, leaf: leaf,
            verdict: taken.verdict)
    }

    /// What an entry about overlays or refusals touches.
    private mutating func touched(_ value: JSONValue, at index: Int) -> Set<String> {
        let statement = value["stmt"]
        var name: String?
        switch (value["kind"]?.string, statement?["act"]?.string) {
        case (_, "emergency"):
            name =
                statement?["disable"]?.string.map { "HTTPRoute/\($0)" }
                ?? statement?["restore"].map { StatementText.documentName($0) }
        case (_, "endpoints"), (_, "undo"):
            name = statement?["backend"]?.string.map { "Backend/\($0)" }
        case ("lift", _):
            name = value["overlay"]?.integer.flatMap { laidOver[Int(clamping: $0)] }
        case ("refuse", _), ("permit", _):
            name =
                value["route"]?.string.map { "HTTPRoute/\($0)" }
                ?? value["network"]?.string.map { "network/\($0)" }
        default: break
        }
        guard let name else { return [] }
        if statement != nil { laidOver[index] = name }
        return [name]
    }

    /// What an operation is about: `HTTPRoute/library`.
    static func name(_ operation: JSONValue) -> String? {
        let named = operation["document"] ?? operation
        guard let kind = named["kind"]?.string, let name = named["name"]?.string else { return nil }
        return "\(kind)/\(name)"
    }
}
