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
        self.init(trusted: Array(octets))
    }

    /// Hashes octets.
    package init(hashing octets: [UInt8]) {
        self.init(SHA256.hash(data: octets))
    }

    /// Takes what a hasher gives.
    init(_ digest: SHA256Digest) {
        // Without an array in between: a tree makes several for every entry.
        func word(_ place: Int) -> UInt64 {
            // SAFETY: the digest has 32 octets, and each word is within them.
            unsafe digest.withUnsafeBytes {
                UInt64(bigEndian: unsafe $0.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            }
        }
        words = Words(first: word(0), second: word(8), third: word(16), fourth: word(24))
    }

    /// Takes the octets as four big-endian words.
    package init(words first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
        words = Words(first: first, second: second, third: third, fourth: fourth)
    }

    /// The octets as four big-endian words.
    package var bigEndianWords: (UInt64, UInt64, UInt64, UInt64) {
        (words.first, words.second, words.third, words.fourth)
    }

    /// - Precondition: 32 octets follow `start`, as every caller here knows.
    init(trusted octets: [UInt8], from start: Int = 0) {
        words = Words(
            first: Digest.word(octets, start), second: Digest.word(octets, start + 8),
            third: Digest.word(octets, start + 16), fourth: Digest.word(octets, start + 24))
    }

    private static func word(_ octets: [UInt8], _ start: Int) -> UInt64 {
        var word: UInt64 = 0
        var place = start
        while place < start + 8 {
            word = word << 8 | UInt64(octets[place])
            place += 1
        }
        return word
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
        Digest.append(words.first, to: &octets)
        Digest.append(words.second, to: &octets)
        Digest.append(words.third, to: &octets)
        Digest.append(words.fourth, to: &octets)
    }

    private static func append(_ word: UInt64, to octets: inout [UInt8]) {
        var shift = 56
        while shift >= 0 {
            octets.append(UInt8(truncatingIfNeeded: word >> shift))
            shift -= 8
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
