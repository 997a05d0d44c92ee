import Crypto

extension Digest {
    /// The root of a tree without leaves (RFC 6962 §2.1): SHA-256 of nothing.
    package static let emptyTree = Digest(hashing: [])

    /// The hash of one entry (RFC 6962 §2.1): SHA-256(00‖entry).
    ///
    /// The prefix keeps an entry from standing for an inner node.
    package static func leaf(_ entry: [UInt8]) -> Digest {
        var hash = SHA256()
        hash.update(data: leafPrefix)
        hash.update(data: entry)
        return Digest(hash.finalize())
    }

    /// The hash of an inner node (RFC 6962 §2.1): SHA-256(01‖left‖right).
    package static func node(_ left: Digest, _ right: Digest) -> Digest {
        var hash = SHA256()
        hash.update(data: nodePrefix)
        left.feed(&hash)
        right.feed(&hash)
        return Digest(hash.finalize())
    }

    /// Hashes the 32 octets, without an array in between.
    private func feed(_ hash: inout SHA256) {
        let words = bigEndianWords
        let octets = (
            words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian
        )
        // SAFETY: four words without padding, read while they stand.
        unsafe withUnsafeBytes(of: octets) { unsafe hash.update(bufferPointer: $0) }
    }

    private static let leafPrefix: [UInt8] = [0x00]
    private static let nodePrefix: [UInt8] = [0x01]
}
