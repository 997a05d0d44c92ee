/// Where a part of a message head stands: offsets from the first octet of the head.
///
/// Captures are offsets and never copies, so that parsing allocates nothing; whoever holds the
/// octets reads a part with `octets.extracting(range.indices)`.
@usableFromInline package struct OctetRange: Equatable, Sendable {
    /// The offset of the first octet.
    @usableFromInline package var start: UInt32
    /// The offset behind the last octet; never below ``start``.
    @usableFromInline package var end: UInt32

    /// A part from `start` up to but without `end`, both at most ``HeadLimits/headOctetsCeiling``.
    @inlinable
    package init(_ start: Int, _ end: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
    }

    /// A part without octets.
    @inlinable package static var empty: OctetRange { OctetRange(0, 0) }

    /// The same offsets, as `Span.extracting` takes them.
    @inlinable package var indices: Range<Int> { Int(start)..<Int(end) }

    /// How many octets.
    @inlinable package var count: Int { Int(end) &- Int(start) }

    /// Whether there is no octet in it.
    @inlinable package var isEmpty: Bool { start == end }
}
