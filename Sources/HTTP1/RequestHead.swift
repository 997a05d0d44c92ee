/// A request head as parsed: captures into the octets that the caller holds, and everything
/// that framing and forwarding decide by, decided once.
///
/// All offsets count from the first octet of the span that was parsed. Making one allocates room
/// for its field lines; keep it, pass it by `inout`, and let ``RequestHeadParser`` fill it anew
/// for every request, which allocates nothing.
@usableFromInline package struct RequestHead: Sendable {
    /// How many octets the head has, its empty line and a skipped leading CRLF included.
    @usableFromInline package internal(set) var octetCount = 0
    /// The method, where it is one of those known.
    @usableFromInline package internal(set) var method = Method.other
    /// The method's octets: 1 or more token octets.
    @usableFromInline package internal(set) var methodName = OctetRange.empty
    /// The whole target as it came.
    @usableFromInline package internal(set) var target = OctetRange.empty
    /// The target's form.
    @usableFromInline package internal(set) var form = TargetForm.origin
    /// The scheme, of an absolute form.
    @usableFromInline package internal(set) var scheme = TargetScheme.none
    /// The authority, of an absolute form: `uri-host [":" port]`, never empty, no userinfo.
    @usableFromInline package internal(set) var authority = OctetRange.empty
    /// The path as it came, beginning with `/`; empty for an asterisk form, and for an absolute
    /// form without path, which stands for `/`. Not yet canonical: see ``CanonicalPath``.
    @usableFromInline package internal(set) var path = OctetRange.empty
    /// The query as it came, without its `?`; see ``hasQuery``.
    @usableFromInline package internal(set) var query = OctetRange.empty
    /// Whether the target has a `?`, be the query behind it empty or not.
    @usableFromInline package internal(set) var hasQuery = false
    /// 0 for HTTP/1.0, 1 for HTTP/1.1.
    @usableFromInline package internal(set) var versionMinor: UInt8 = 1

    /// What goes on as Host: the absolute form's authority or else the Host field's value
    /// (RFC 9112 §3.2.2). Empty only for HTTP/1.0 without Host.
    @usableFromInline package internal(set) var authorityOrHost = OctetRange.empty
    /// The host in it, without port; an IPv6 address stands in its brackets.
    @usableFromInline package internal(set) var host = OctetRange.empty
    /// The port in it, where one is given.
    @usableFromInline package internal(set) var port: UInt16?

    /// The field lines in the order in which they came.
    @usableFromInline package var fields = FieldLines()
    /// Where the body ends: `.none`, `.length` or `.chunked`.
    @usableFromInline package internal(set) var framing = BodyFraming.none
    /// Whether the client wants to use the connection again (RFC 9112 §9.3).
    @usableFromInline package internal(set) var keepAlive = true
    /// Whether the client waits for a 100 before its body; never for HTTP/1.0.
    @usableFromInline package internal(set) var expectsContinue = false
    /// What `Connection` asked for.
    @usableFromInline package internal(set) var connection: ConnectionOptions = []
    /// The protocols that the client wants to change to, as it named them; empty when it asked
    /// for none, or for one that a gateway does not tunnel (HTTP/2, TLS), or by HTTP/1.0.
    @usableFromInline package internal(set) var upgrade = OctetRange.empty
    /// Whether the client takes trailers (`TE: trailers`).
    @usableFromInline package internal(set) var takesTrailers = false
    /// `Max-Forwards`, of OPTIONS and TRACE only: 0 is answered here.
    @usableFromInline package internal(set) var maxForwards: Int64?

    /// What `Connection` names.
    var connectionNames = ConnectionNames()

    /// A head without content, to be filled by a parser.
    package init() {}

    /// Forgets what is left of another request, where none could be parsed.
    package mutating func forget() { reset() }

    /// Forgets everything, for the next request. Writes about 200 octets.
    mutating func reset() {
        fields.removeAll()
        method = .other
        form = .origin
        scheme = .none
        authority = .empty
        path = .empty
        query = .empty
        hasQuery = false
        versionMinor = 1
        authorityOrHost = .empty
        host = .empty
        port = nil
        framing = .none
        keepAlive = true
        expectsContinue = false
        connection = []
        upgrade = .empty
        takesTrailers = false
        maxForwards = nil
        connectionNames.removeAll()
        octetCount = 0
    }
}
