/// Why a witness does not take a statement.
package enum StatementRefusal: Error, Equatable, Sendable {
    /// 400: not the body of a statement; what and where.
    case malformed(String)
    /// 413: longer than the limit, octets.
    case tooLarge(limit: Int)
    /// 422: the signature does not hold.
    case badSignature(String)
    /// 404: meant for a log that this witness does not know.
    case unknownLog(String)
    /// 422: no council could log it any more.
    case expired
    /// 429: more than the limits allow; seconds to wait.
    case tooMany(String, retryAfterSeconds: Int)
    /// 507: the list is as long as it may be.
    case full(limit: Int)
    /// 500: it could not be written.
    case notStored(String)

    /// What programs compare.
    var code: String {
        switch self {
        case .malformed: "malformed"
        case .tooLarge: "body-too-large"
        case .badSignature: "bad-signature"
        case .unknownLog: "wrong-log"
        case .expired: "expired"
        case .tooMany: "too-many-statements"
        case .full: "list-full"
        case .notStored: "not-stored"
        }
    }

    /// What to do next.
    var next: String {
        switch self {
        case .malformed, .badSignature: "send the body that the council takes"
        case .tooLarge: "leave out the texts; a witness does not keep them"
        case .unknownLog: "ask a witness that the community card names"
        case .expired: "sign the statement again with a later time"
        case .tooMany, .notStored: "try again later, or show it to another witness"
        case .full: "show it to another witness"
        }
    }
}

extension StatementRefusal: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .malformed(let why): why
        case .tooLarge(let limit): "a body is at most \(limit) octets"
        case .badSignature(let why): "/sig: \(why)"
        case .unknownLog(let origin): "the log \(origin) is not witnessed here"
        case .expired: "/stmt/until: has passed"
        case .tooMany(let why, _): why
        case .full(let limit): "\(limit) statements are kept, the most that there may be"
        case .notStored(let why): "the statement could not be stored: \(why)"
        }
    }
}
