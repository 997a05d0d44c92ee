/// Where serialised octets go: a buffer of whoever forwards them.
///
/// The writers of this room are generic over it, so that a buffer of any kind takes the octets
/// in place and nothing is allocated or copied in between.
@usableFromInline package protocol OctetSink: ~Copyable {
    /// Appends octets in order. A sink that is full remembers that it overflowed; it never traps.
    mutating func append(_ octets: Span<UInt8>)
    /// Appends one octet.
    mutating func append(_ octet: UInt8)
    /// Appends the UTF-8 octets of a literal.
    mutating func append(_ text: StaticString)
}

extension OctetSink where Self: ~Copyable {
    /// Appends a number in decimal digits, without sign or leading zeros.
    @inlinable
    package mutating func append(decimal number: UInt64) {
        var digits = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var first = 20
        var rest = number
        repeat {
            first &-= 1
            digits[first] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        append(digits.span.extracting(first..<20))
    }

    /// Appends a number in lower-case hexadecimal digits, without leading zeros.
    @inlinable
    package mutating func append(hexadecimal number: UInt64) {
        var shift = max(0, (63 &- number.leadingZeroBitCount) & ~3)
        while shift >= 0 {
            append(
                OctetClass.lowerHexDigit(UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 15))
            shift &-= 4
        }
    }
}
