/// How the end of a message's body is found (RFC 9112 §6.3).
@usableFromInline package enum BodyFraming: Equatable, Sendable {
    /// No body, and no field that announces one.
    case none
    /// So many octets follow; 0 where `Content-Length: 0` was given.
    case length(Int64)
    /// The chunked coding follows.
    case chunked
    /// The body ends with the connection; responses only.
    case untilClose
}
