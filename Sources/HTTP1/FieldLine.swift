/// One field line of a head: where its name and value stand, and what the name is.
///
/// 16 octets; the value is without the white space around it (RFC 9110 §5.5).
@usableFromInline package struct FieldLine: Equatable, Sendable {
    /// What is known of a line besides its octets.
    @usableFromInline package struct Marks: OptionSet, Sendable {
        /// One bit for each mark.
        @usableFromInline package let rawValue: UInt8

        /// The marks of a bit pattern.
        @inlinable
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// `Connection` names this field: it ends here (RFC 9110 §7.6.1).
        @inlinable package static var hopByHop: Marks { Marks(rawValue: 1) }
        /// The name has a `_`, which many endpoints read as `-`.
        @inlinable package static var underscore: Marks { Marks(rawValue: 2) }
        /// The line came exactly as it would be written: name, `: `, value, CRLF.
        @inlinable package static var plain: Marks { Marks(rawValue: 4) }
        /// Somebody decided that the line does not go on: a filter, for example.
        @inlinable package static var dropped: Marks { Marks(rawValue: 8) }
    }

    /// The offset of the name in the head.
    @usableFromInline var nameStart: UInt32
    /// The offset of the value in the head.
    @usableFromInline var valueStart: UInt32
    /// The length of the value.
    @usableFromInline var valueCount: UInt32
    /// The length of the name, at most ``HeadLimits/headOctetsCeiling`` less the rest of a head.
    @usableFromInline var nameCount: UInt16
    /// Which field it is.
    @usableFromInline package let known: KnownField
    /// What else is known of the line.
    @usableFromInline package var marks: Marks

    /// A line as captured.
    @inlinable
    package init(name: OctetRange, value: OctetRange, known: KnownField, marks: Marks = []) {
        nameStart = name.start
        nameCount = UInt16(truncatingIfNeeded: name.count)
        valueStart = value.start
        valueCount = UInt32(truncatingIfNeeded: value.count)
        self.known = known
        self.marks = marks
    }

    /// A line without octets, to fill places not yet taken.
    @inlinable package static var none: FieldLine {
        FieldLine(name: .empty, value: .empty, known: .other)
    }

    /// Where the name stands.
    @inlinable package var name: OctetRange {
        OctetRange(Int(nameStart), Int(nameStart) &+ Int(nameCount))
    }

    /// Where the value stands.
    @inlinable package var value: OctetRange {
        OctetRange(Int(valueStart), Int(valueStart) &+ Int(valueCount))
    }
}
