import Crypto

/// A SHA-256 value (FIPS 180-4): 32 octets, compared in their order.
///
/// Held inline as four words, so that a tree of millions is one allocation a level.
package struct Digest: Hashable, Sendable {
    /// The octets in a digest.
    package static let octetCount = 32

    private let words: Words

    /// Big-endian, so that comparing words compares octets.
    private struct Words: Hashable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var fourth: UInt64 = 0
    }

    /// Takes 32 octets; `nil` for another count.
    package init?(octets: some Collection<UInt8>) {
        guard octets.count == Digest.octetCount else { return nil }
        self.init(sequence: octets)
    }

    /// Hashes octets.
    package init(hashing octets: [UInt8]) {
        self.init(sequence: SHA256.hash(data: octets))
    }

    /// - Precondition: `sequence` has 32 octets, as every caller here knows.
    init(sequence: some Sequence<UInt8>) {
        var words = Words()
        for (place, octet) in sequence.enumerated() {
            switch place >> 3 {
            case 0: words.first = words.first << 8 | UInt64(octet)
            case 1: words.second = words.second << 8 | UInt64(octet)
            case 2: words.third = words.third << 8 | UInt64(octet)
            default: words.fourth = words.fourth << 8 | UInt64(octet)
            }
        }
        self.words = words
    }

    /// The 32 octets.
    package var octets: [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(Digest.octetCount)
        append(to: &octets)
        return octets
    }

    /// Appends the 32 octets.
    package func append(to octets: inout [UInt8]) {
        for word in [words.first, words.second, words.third, words.fourth] {
            for shift: UInt64 in [56, 48, 40, 32, 24, 16, 8, 0] {
                octets.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
    }
}

extension Digest: Comparable {
    /// Orders by the first octet that differs.
    package static func < (left: Digest, right: Digest) -> Bool {
        let (a, b) = (left.words, right.words)
        return (a.first, a.second, a.third, a.fourth) < (b.first, b.second, b.third, b.fourth)
    }
}
