extension Array where Element == UInt8 {
    /// The octets that pairs of hexadecimal digits write; white space between pairs is skipped, so
    /// that a published vector can be pasted as it is printed.
    ///
    /// `nil` for any other character, or half a pair.
    package init?(hexadecimal text: String) {
        var octets: [UInt8] = []
        var high: UInt8?
        for character in text {
            if character.isWhitespace, high == nil { continue }
            guard character.isASCII, let digit = character.hexDigitValue else { return nil }
            if let first = high {
                octets.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        guard high == nil else { return nil }
        self = octets
    }

    /// Two lower-case digits an octet, without white space.
    package var hexadecimal: String {
        let digits = "0123456789abcdef".map(\.self)
        var text = ""
        text.reserveCapacity(count * 2)
        for octet in self {
            text.append(digits[Int(octet >> 4)])
            text.append(digits[Int(octet & 0x0F)])
        }
        return text
    }

    /// Every way to receive these octets in two pieces: `count + 1` of them, the ends included.
    ///
    /// For decoders, whose result must not depend on where the network cut.
    package var everySplit: [(before: [UInt8], after: [UInt8])] {
        (0...count).map { (Array(self[..<$0]), Array(self[$0...])) }
    }

    /// The same octets with one bit the other way.
    ///
    /// - Parameter bit: `0..<count * 8`; bit 0 is the lowest of the first octet.
    package func flipping(bit: Int) -> [UInt8] {
        var copy = self
        copy[bit / 8] ^= 1 << UInt8(bit % 8)
        return copy
    }
}
