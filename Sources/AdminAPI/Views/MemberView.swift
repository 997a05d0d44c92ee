import CanonicalJSON
import Governance
import SSHSignature

/// A member as the API shows them.
enum MemberView {
    /// - Parameters:
    ///   - handle: Their handle; `nil` once erased.
    ///   - now: The time at which `elector` is judged, milliseconds since 1970.
    static func json(_ member: Member, handle: String?, now: Int64) -> JSONValue {
        var object = JSONObject()
        object["number"] = .integer(Int64(member.number))
        object["handle"] = handle.map { .string($0) }
        object["joined"] = member.joined.map { .integer($0) }
        object["left"] = member.left.map { .integer($0) }
        if member.expelled { object["expelled"] = true }
        object["elector"] = .bool(
            member.left == nil && member.electorFrom.map { $0 <= now } ?? false)
        object["keys"] = .array(
            member.keys.map {
                ["key": .string($0.key.openSSHText), "from": .integer($0.from)]
            })
        return .object(object)
    }
}
