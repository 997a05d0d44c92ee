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
        var octets: [UInt8] = []
        octets.reserveCapacity(1 + 2 * Digest.octetCount)
        octets.append(0x01)
        left.append(to: &octets)
        right.append(to: &octets)
        return Digest(hashing: octets)
    }

    private static let leafPrefix: [UInt8] = [0x00]
}
