/// Why a message is refused, and at which octet.
///
/// The connection that it came on is closed after the answer: once two parsers could disagree
/// on a message, nothing behind it can be trusted either.
@usableFromInline package struct MessageError: Error, Equatable, Sendable {
    /// What is wrong.
    @usableFromInline package let kind: MessageFault
    /// Who sent it.
    @usableFromInline package let side: MessageSide
    /// The octet at which it was seen: from the first octet of the head, or, in a chunked body,
    /// from the first octet of the body's framing.
    @usableFromInline package let offset: Int
    /// The limit that was exceeded, octets or field lines; 0 where no limit is concerned.
    @usableFromInline package let limit: Int

    /// A fault at an octet.
    @inlinable
    package init(_ kind: MessageFault, side: MessageSide, at offset: Int, limit: Int = 0) {
        self.kind = kind
        self.side = side
        self.offset = offset
        self.limit = limit
    }

    /// The status of the answer that the client gets: 502 where an endpoint is at fault.
    @usableFromInline package var status: Int { side == .response ? 502 : kind.status }

    /// The first half of the name that `Commonway-Error` carries, such as `bad-request`.
    @usableFromInline package var category: StaticString {
        switch status {
        case 405: "method-not-allowed"
        case 413: "content-too-large"
        case 414: "uri-too-long"
        case 431: "head-too-large"
        case 501: "not-implemented"
        case 502: "bad-response"
        case 505: "version-not-supported"
        default: "bad-request"
        }
    }

    /// Writes the name that `Commonway-Error` and the access log carry, such as
    /// `bad-request:bare-lf`. Allocates nothing.
    @inlinable
    package func writeName<Sink: OctetSink>(into sink: inout Sink) where Sink: ~Copyable {
        sink.append(category)
        sink.append(UInt8(ascii: ":"))
        sink.append(kind.name)
    }
}

extension MessageError: CustomStringConvertible {
    /// What and where, in words: `bad-request:bare-lf at octet 17`.
    @usableFromInline package var description: String {
        let place = "\(category):\(kind.name) at octet \(offset)"
        return limit > 0 ? place + " (limit \(limit))" : place
    }
}
