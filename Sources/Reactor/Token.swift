/// Names a registered descriptor in events: what it is, where its state lies, and which of the
/// users of that place in turn it belongs to, so that a late event of a closed connection finds
/// nobody rather than its successor.
@usableFromInline package struct Token: Equatable, Sendable {
    /// Kinds are the owner's to give: 0...15.
    @usableFromInline package static let kindMax: UInt32 = 15

    /// The most places that a token can name.
    @usableFromInline package static let indexMax: Int = 1 << 28 - 1

    /// As the kernel keeps it.
    @usableFromInline package let raw: UInt64

    /// A token as the kernel gave it back.
    @inlinable package init(raw: UInt64) {
        self.raw = raw
    }

    /// A token for a kind, 0...15, a place, 0...`indexMax`, and the place's user.
    @inlinable package init(kind: UInt32, index: Int, generation: UInt32) {
        raw =
            UInt64(generation) << 32 | UInt64(kind & Self.kindMax) << 28
            | UInt64(truncatingIfNeeded: index & Self.indexMax)
    }

    /// What it names.
    @inlinable package var kind: UInt32 { UInt32(truncatingIfNeeded: raw >> 28) & Self.kindMax }

    /// Where its state lies.
    @inlinable package var index: Int { Int(truncatingIfNeeded: raw) & Self.indexMax }

    /// Which of the place's users in turn.
    @inlinable package var generation: UInt32 { UInt32(truncatingIfNeeded: raw >> 32) }
}
