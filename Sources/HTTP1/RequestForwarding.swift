/// How one request is forwarded, besides what its head says.
@usableFromInline package struct RequestForwarding: Sendable {
    /// Whether the peer is in the networks whose forwarding fields are believed: then what it
    /// says of the client is kept and added to, else it is overwritten.
    @usableFromInline package var peerIsTrusted = false
    /// Whether the request came over TLS: `https` in `X-Forwarded-Proto`.
    @usableFromInline package var isSecure = false
    /// Whether names with `_` go on; many endpoints read `_` and `-` as one.
    @usableFromInline package var keepsUnderscoreNames = false
    /// Whether `Forwarded` (RFC 7239) is written beside the `X-Forwarded-` fields.
    @usableFromInline package var writesForwarded = true
    /// Whether the wish for another protocol goes on.
    @usableFromInline package var forwardsUpgrade = true
    /// Random octets for a new trace, when the request carries none; `nil`: none is made.
    @usableFromInline package var traceSeed: [24 of UInt8]?

    /// The defaults: an untrusted peer on a plain listener, no trace made.
    package init() {}
}
