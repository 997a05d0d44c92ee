import Crypto

/// A SHA-256 digest: what a document, a payload, a plan or a table is known by.
///
/// Held as four words rather than an array, so that a table of a hundred thousand of them is flat.
package struct ContentDigest: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The length of a digest, octets.
    package static let octetCount = 32

    /// The SHA-256 of those octets (FIPS 180-4).
    package init(of octets: [UInt8]) {
        self.init(SHA256.hash(data: octets))
    }

    /// The SHA-256 of what was fed to a hasher.
    init(finishing hasher: SHA256) {
        self.init(hasher.finalize())
    }

    /// The SHA-256 of octets that stand in no array yet.
    package init(of octets: some Sequence<UInt8>) {
        self.init(of: Array(octets))
    }

    /// Takes the 32 octets of a digest made elsewhere.
    ///
    /// - Returns: `nil` when there are not exactly 32.
    package init?(octets: some Collection<UInt8>) {
        guard octets.count == Self.octetCount else { return nil }
        self.init(octets)
    }

    /// Takes the octets as four big-endian words.
    package init(words first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
        words = (first, second, third, fourth)
    }

    /// The octets as four big-endian words.
    package var bigEndianWords: (UInt64, UInt64, UInt64, UInt64) { words }

    /// - Precondition: `octets` are 32, as every caller here knows.
    private init(_ octets: some Sequence<UInt8>) {
        // Without an array in between: a digest is made several times for each entry of a log.
        var rest = octets.makeIterator()
        func word() -> UInt64 {
            var word: UInt64 = 0
            for _ in 0..<8 { word = word << 8 | UInt64(rest.next() ?? 0) }
            return word
        }
        words = (word(), word(), word(), word())
    }

    /// Reads 64 lower-case hexadecimal digits, the one spelling of a digest in JSON.
    ///
    /// - Returns: `nil` for any other text; upper case is another spelling and is refused.
    package init?(hex: String) {
        guard hex.utf8.count == Self.octetCount * 2 else { return nil }
        var digits = hex.utf8.makeIterator()
        func word() -> UInt64? {
            var word: UInt64 = 0
            for _ in 0..<16 {
                guard let value = digits.next().flatMap(Self.value(ofDigit:)) else { return nil }
                word = word << 4 | UInt64(value)
            }
            return word
        }
        guard let first = word(), let second = word(), let third = word(), let fourth = word()
        else { return nil }
        words = (first, second, third, fourth)
    }

    private static func value(ofDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// The 32 octets.
    package var octets: [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(Self.octetCount)
        for word in [words.0, words.1, words.2, words.3] {
            for shift in stride(from: 56, through: 0, by: -8) {
                octets.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return octets
    }

    /// The 64 lower-case hexadecimal digits.
    package var hex: String {
        String(decoding: hexOctets, as: UTF8.self)
    }

    /// The 64 lower-case hexadecimal digits as octets, for writing into JSON without a `String`.
    package var hexOctets: [UInt8] {
        var digits = [UInt8](repeating: 0, count: Self.octetCount * 2)
        Self.write(words.0, to: &digits, at: 0)
        Self.write(words.1, to: &digits, at: 16)
        Self.write(words.2, to: &digits, at: 32)
        Self.write(words.3, to: &digits, at: 48)
        return digits
    }

    private static func write(_ word: UInt64, to digits: inout [UInt8], at start: Int) {
        var (high, low) = (digitsOfHalf(word >> 32), digitsOfHalf(word & 0xffff_ffff))
        for place in start..<start + 8 {
            digits[place] = UInt8(truncatingIfNeeded: high >> 56)
            digits[place + 8] = UInt8(truncatingIfNeeded: low >> 56)
            (high, low) = (high << 8, low << 8)
        }
    }

    /// The eight digits of 32 bits, an octet each, all at once.
    private static func digitsOfHalf(_ half: UInt64) -> UInt64 {
        var digits = (half | half << 16) & 0x0000_ffff_0000_ffff
        digits = (digits | digits << 8) & 0x00ff_00ff_00ff_00ff
        digits = (digits | digits << 4) & 0x0f0f_0f0f_0f0f_0f0f
        // Of 10 and more, adding 6 reaches the next four bits.
        let letters = (digits + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        // The letters begin 39 behind the digits.
        return digits + 0x3030_3030_3030_3030 + letters * 39
    }

    /// The first word, for a hash key that a table's content decides.
    var leadingWord: UInt64 { words.0 }

    /// Whether all 32 octets are the same.
    package static func == (left: ContentDigest, right: ContentDigest) -> Bool {
        left.words == right.words
    }

    /// Feeds all 32 octets to a hasher.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}

extension ContentDigest: Comparable {
    /// The order of the octets, which is also that of the hexadecimal digits.
    package static func < (left: ContentDigest, right: ContentDigest) -> Bool {
        left.words < right.words
    }
}

extension ContentDigest: CustomStringConvertible {
    /// The hexadecimal digits.
    package var description: String { hex }
}
