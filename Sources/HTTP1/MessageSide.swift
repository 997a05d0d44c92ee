/// Who sent the message that is judged.
@usableFromInline package enum MessageSide: UInt8, Sendable {
    /// A client: what is refused is answered with a 4xx or 5xx of its own.
    case request
    /// An endpoint: what is refused becomes the client's 502.
    case response
}
