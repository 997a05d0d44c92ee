/// The form in which a request names what it is for (RFC 9112 §3.2).
///
/// The authority form is never held: it belongs to CONNECT, which is refused.
@usableFromInline package enum TargetForm: UInt8, Sendable {
    /// `/path?query`.
    case origin
    /// `http://host/path?query`.
    case absolute
    /// `*`, or for OPTIONS an absolute form without path and query (RFC 9112 §3.2.4).
    case asterisk
}

/// The scheme that an absolute form names.
@usableFromInline package enum TargetScheme: UInt8, Sendable {
    /// The target named none.
    case none
    /// `http`.
    case http
    /// `https`: misdirected on a plain listener, unless a trusted peer ended TLS.
    case https
}
