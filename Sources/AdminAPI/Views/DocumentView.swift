import CanonicalJSON
import Routing

/// A document in force as the API shows it.
enum DocumentView {
    /// The document, and which entry of which proposal put it in force.
    static func json(_ ratified: RatifiedDocument) -> JSONValue {
        [
            "kind": .string(ratified.key.kind.rawValue), "name": .string(ratified.key.name),
            "digest": .string(ratified.proposed.digest.hex),
            "sequence": .integer(Int64(ratified.sequence)),
            "entry": .integer(Int64(ratified.enactment.entry)),
            "proposal": .integer(Int64(ratified.enactment.proposal)),
            "document": ratified.proposed.value,
        ]
    }
}
