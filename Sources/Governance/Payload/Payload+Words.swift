import Routing

extension Payload {
    /// What it asks for, a few words each: `apply HTTPRoute library`, `admit 3 newcomers`; the
    /// operations on documents first.
    package var words: [String] {
        documents.operations.map { operation in
            let word = if case .apply = operation { "apply" } else { "delete" }
            return "\(word) \(operation.key.kind.rawValue) \(operation.key.name)"
        } + measures.map(\.words)
    }
}

extension Measure {
    fileprivate var words: String {
        switch self {
        case .motion: "a motion"
        case .admit(let newcomers):
            "admit \(newcomers.count == 1 ? "a newcomer" : "\(newcomers.count) newcomers")"
        case .expel(let member): "expel member \(member)"
        case .recover(let member, _): "a new key for member \(member)"
        case .revert(let proposal): "revert proposal \(proposal)"
        case .void(let proposal): "void proposal \(proposal)"
        case .charter: "another charter"
        case .stewards(let members):
            members.isEmpty
                ? "the founders as stewards"
                : "stewards: " + members.map { "member \($0)" }.joined(separator: ", ")
        case .logKey: "another key of the log"
        case .confirm(let overlay): "confirm the emergency of entry \(overlay)"
        }
    }
}
