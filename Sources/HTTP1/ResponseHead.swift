/// A response head as parsed: captures into the octets that the caller holds, and everything
/// that framing and forwarding decide by.
///
/// Like ``RequestHead``: keep one, use it for many responses and pass it by `inout`.
@usableFromInline package struct ResponseHead: Sendable {
    /// How many octets the head has, its empty line included.
    @usableFromInline package internal(set) var octetCount = 0
    /// 100...599.
    @usableFromInline package internal(set) var status = 0
    /// The reason phrase as it came; may be empty.
    @usableFromInline package internal(set) var reason = OctetRange.empty
    /// 0 for HTTP/1.0, 1 for HTTP/1.1.
    @usableFromInline package internal(set) var versionMinor: UInt8 = 1
    /// The field lines in the order in which they came.
    @usableFromInline package var fields = FieldLines()
    /// Where the body ends; `.none` for HEAD, 1xx, 204 and 304, whatever the fields say
    /// (RFC 9112 §6.3).
    @usableFromInline package internal(set) var framing = BodyFraming.none
    /// `Content-Length` as given, be there a body or not: for HEAD and 304 it is the length
    /// that a body would have had.
    @usableFromInline package internal(set) var contentLength: Int64?
    /// Whether the endpoint's connection can be used again once the body is complete.
    @usableFromInline package internal(set) var keepAlive = true
    /// What `Connection` asked for.
    @usableFromInline package internal(set) var connection: ConnectionOptions = []

    /// What `Connection` names.
    var connectionNames = ConnectionNames()

    /// A head without content, to be filled by a parser.
    package init() {}

    /// Whether another head follows this one: 1xx, but not 101.
    @inlinable package var isInformational: Bool { status < 200 && status != 101 }

    /// Forgets everything, for the next response.
    mutating func reset() {
        fields.removeAll()
        octetCount = 0
        status = 0
        reason = .empty
        versionMinor = 1
        framing = .none
        contentLength = nil
        keepAlive = true
        connection = []
        connectionNames.removeAll()
    }
}
