import CanonicalJSON

/// A problem document (RFC 9457) as the council writes it, or what could be made of another answer.
struct Problem: Sendable {
    /// The HTTP status.
    let status: Int
    /// The code, such as `voting-closed`; `nil` when the answer was no problem document.
    let code: String?
    /// What and where, in the council's words.
    let detail: String
    /// What the council says to do next.
    let next: String?

    /// Reads an answer's body, whatever it is.
    init(status: Int, octets: [UInt8]) {
        self.status = status
        let value = try? JSONValue(parsing: octets, form: .relaxed)
        code = value?["code"]?.string
        next = value?["next"]?.string
        let title = value?["title"]?.string
        detail =
            value?["detail"]?.string ?? title ?? "HTTP status \(status) without a problem document"
    }

    /// The complaint to end with: 401 asks for a login, 502…504 for patience.
    func complaint(call: String, council: CouncilAddress) -> Complaint {
        let what = (code.map { "\(Output.plain($0)): " } ?? "") + Output.plain(detail)
        switch status {
        case 401:
            return Complaint(
                .notLoggedIn, what, at: call,
                next: "commonway login --council \(council.text) --member NAME")
        case 502...504:
            return Complaint(
                .unreachable, what, at: call,
                next: next.map { Output.plain($0) } ?? "repeat the command in a moment")
        default:
            return Complaint(.refused, what, at: call, next: next.map { Output.plain($0) })
        }
    }
}
