/// What the `Connection` fields of a message ask for (RFC 9110 §7.6.1).
@usableFromInline package struct ConnectionOptions: OptionSet, Sendable {
    /// One bit for each option.
    @usableFromInline package let rawValue: UInt8

    /// The options of a bit pattern.
    @inlinable
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `close`.
    @inlinable package static var close: ConnectionOptions { .init(rawValue: 1) }
    /// `keep-alive`.
    @inlinable package static var keepAlive: ConnectionOptions { .init(rawValue: 2) }
    /// `upgrade`.
    @inlinable package static var upgrade: ConnectionOptions { .init(rawValue: 4) }
    /// `TE`.
    @inlinable package static var te: ConnectionOptions { .init(rawValue: 8) }
}
