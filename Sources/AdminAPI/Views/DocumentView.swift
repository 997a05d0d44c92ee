import CanonicalJSON
import Routing

/// A document in force as the API shows it.
enum DocumentView {
    /// The document, and which entry of which proposal put it in force.
    ///
    /// - Parameter overlay: What has an effect on it without a vote; `nil` for nothing.
    static func json(_ ratified: RatifiedDocument, overlay: String?) -> JSONValue {
        var object = JSONObject()
        object["kind"] = .string(ratified.key.kind.rawValue)
        object["name"] = .string(ratified.key.name)
        object["digest"] = .string(ratified.proposed.digest.hex)
        object["sequence"] = .integer(Int64(ratified.sequence))
        object["entry"] = .integer(Int64(ratified.enactment.entry))
        object["proposal"] = .integer(Int64(ratified.enactment.proposal))
        object["document"] = ratified.proposed.value
        object["overlay"] = overlay.map { .string($0) }
        return .object(object)
    }
}
