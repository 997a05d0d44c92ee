/// The request methods that a gateway knows by name (RFC 9110 §9.3, RFC 5789).
///
/// Methods are compared with case (RFC 9110 §9.1): `get` is ``other``.
@usableFromInline package enum Method: UInt8, Sendable {
    case get, head, post, put, delete, connect, options, trace, patch
    /// Any other token; its octets are in ``RequestHead/methodName``.
    case other

    /// Whether repeating the request asks for nothing more than sending it once
    /// (RFC 9110 §9.2.2). An unknown method is taken as not idempotent.
    @inlinable package var isIdempotent: Bool {
        switch self {
        case .get, .head, .put, .delete, .options, .trace: true
        case .post, .connect, .patch, .other: false
        }
    }

    /// Whether the request asks for nothing but reading (RFC 9110 §9.2.1).
    @inlinable package var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace: true
        default: false
        }
    }
}

extension Method {
    /// The method that a token names.
    ///
    /// - Parameter token: 1 or more token octets.
    @usableFromInline
    static func named(_ octets: Span<UInt8>, _ range: OctetRange) -> Method {
        guard range.count <= 8 else { return .other }
        var word: UInt64 = 0
        for index in range.indices { word = word << 8 | UInt64(octets[index]) }
        return switch word {
        case 0x47_4554: .get
        case 0x4845_4144: .head
        case 0x504F_5354: .post
        case 0x50_5554: .put
        case 0x4445_4C45_5445: .delete
        case 0x43_4F4E_4E45_4354: .connect
        case 0x4F_5054_494F_4E53: .options
        case 0x54_5241_4345: .trace
        case 0x50_4154_4348: .patch
        default: .other
        }
    }
}
