/// The fields that the gateway, or a part of it, looks at by name.
///
/// Each field line gets its name's case while it is parsed, so that later code never compares
/// names again. Names have no case (RFC 9110 §5.1).
@usableFromInline package enum KnownField: UInt8, CaseIterable, Sendable {
    /// Any field that the gateway only passes on.
    case other
    /// RFC 9110 §7.2.
    case host
    /// RFC 9110 §8.6.
    case contentLength
    /// RFC 9112 §6.1.
    case transferEncoding
    /// RFC 9110 §7.6.1.
    case connection
    /// Hop-by-hop by custom (RFC 2068 §19.7.1).
    case keepAlive
    /// Never standard, hop-by-hop by custom.
    case proxyConnection
    /// RFC 9110 §10.1.4.
    case te
    /// RFC 9110 §6.6.2.
    case trailer
    /// RFC 9110 §7.8.
    case upgrade
    /// RFC 9110 §11.7.1.
    case proxyAuthenticate
    /// RFC 9110 §11.7.2.
    case proxyAuthorization
    /// RFC 9110 §11.6.2.
    case authorization
    /// RFC 6265 §5.4.
    case cookie
    /// RFC 9110 §10.1.1.
    case expect
    /// RFC 9110 §7.6.3.
    case via
    /// RFC 7239 §4.
    case forwarded
    /// The client's address, by custom.
    case xForwardedFor
    /// The client's scheme, by custom.
    case xForwardedProto
    /// The client's Host, by custom.
    case xForwardedHost
    /// RFC 9110 §7.6.2.
    case maxForwards
    /// W3C Trace Context §3.2.
    case traceparent
    /// W3C Trace Context §3.3.
    case tracestate
    /// RFC 9110 §6.6.1.
    case date
    /// RFC 7540 §3.2.1: only ever part of an upgrade to HTTP/2.
    case http2Settings
    /// RFC 9110 §10.2.4.
    case server
    /// RFC 9110 §8.3.
    case contentType
    /// RFC 9110 §12.5.1.
    case accept
    /// RFC 6454 §7.
    case origin
    /// RFC 9110 §10.1.5.
    case userAgent
    /// RFC 9110 §10.2.2.
    case location
    /// RFC 6265 §4.1.
    case setCookie
}

extension KnownField {
    /// The name as it is written out; empty for ``other``.
    @usableFromInline package var name: StaticString {
        switch self {
        case .other: ""
        case .host: "Host"
        case .contentLength: "Content-Length"
        case .transferEncoding: "Transfer-Encoding"
        case .connection: "Connection"
        case .keepAlive: "Keep-Alive"
        case .proxyConnection: "Proxy-Connection"
        case .te: "TE"
        case .trailer: "Trailer"
        case .upgrade: "Upgrade"
        case .proxyAuthenticate: "Proxy-Authenticate"
        case .proxyAuthorization: "Proxy-Authorization"
        case .authorization: "Authorization"
        case .cookie: "Cookie"
        case .expect: "Expect"
        case .via: "Via"
        case .forwarded: "Forwarded"
        case .xForwardedFor: "X-Forwarded-For"
        case .xForwardedProto: "X-Forwarded-Proto"
        case .xForwardedHost: "X-Forwarded-Host"
        case .maxForwards: "Max-Forwards"
        case .traceparent: "traceparent"
        case .tracestate: "tracestate"
        case .date: "Date"
        case .http2Settings: "HTTP2-Settings"
        case .server: "Server"
        case .contentType: "Content-Type"
        case .accept: "Accept"
        case .origin: "Origin"
        case .userAgent: "User-Agent"
        case .location: "Location"
        case .setCookie: "Set-Cookie"
        }
    }
}
