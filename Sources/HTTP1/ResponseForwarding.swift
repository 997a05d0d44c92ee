/// How one response is forwarded, besides what its head says.
@usableFromInline package struct ResponseForwarding: Sendable {
    /// The minor version of the client's request: 0 or 1.
    @usableFromInline package var clientMinor: UInt8 = 1
    /// Whether the client's connection is kept for another request.
    @usableFromInline package var keepsClient = true

    /// The defaults: an HTTP/1.1 client whose connection is kept.
    package init() {}

    /// How the body is framed for the client, which the proxy then has to write.
    ///
    /// A body whose length is not known goes to an HTTP/1.1 client in chunks, and ends with the
    /// connection for an HTTP/1.0 client, which knows no chunks.
    @inlinable
    package func framing(of head: inout ResponseHead) -> BodyFraming {
        switch head.framing {
        case .none: .none
        case .length(let length): .length(length)
        case .chunked, .untilClose: clientMinor == 1 ? .chunked : .untilClose
        }
    }
}
