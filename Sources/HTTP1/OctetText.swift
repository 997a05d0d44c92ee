/// Comparing and reading short texts in octets.
@usableFromInline package enum OctetText {
    /// Whether two texts are equal, letters of ASCII taken without case.
    @inlinable
    package static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        var index = 0
        while index < left.count {
            guard lowered(left[index]) == lowered(right[index]) else { return false }
            index &+= 1
        }
        return true
    }

    /// An octet, a letter in lower case.
    @inlinable
    static func lowered(_ octet: UInt8) -> UInt8 {
        octet &- 0x41 < 26 ? octet | 0x20 : octet
    }

    /// The text's octets as one word, letters in lower case, the first octet highest; `nil` when
    /// there are none or more than 16. Distinct texts give distinct words.
    static func word(_ octets: Span<UInt8>, _ range: Range<Int>) -> UInt128? {
        guard !range.isEmpty, range.count <= 16 else { return nil }
        var word: UInt128 = 0
        for index in range { word = word << 8 | UInt128(lowered(octets[index])) }
        return word
    }

    /// The number that 1 or more decimal digits write.
    ///
    /// - Returns: The number, the offset of the octet that is no digit (or the range's start when
    ///   there is none at all), or that it does not fit into 63 bits.
    static func decimal(_ octets: Span<UInt8>, _ range: Range<Int>) -> Decimal {
        guard !range.isEmpty else { return .notDigit(at: range.lowerBound) }
        var number: Int64 = 0
        for index in range where !OctetClass.isDigit(octets[index]) {
            return .notDigit(at: index)
        }
        for index in range {
            let (tens, overflowed) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflowedToo) = tens.addingReportingOverflow(Int64(octets[index] &- 0x30))
            if overflowed || overflowedToo { return .overflow }
            number = sum
        }
        return .number(number)
    }

    /// What reading a decimal number gave.
    enum Decimal: Equatable {
        case number(Int64)
        case notDigit(at: Int)
        case overflow
    }
}
