import Testing
import TransparencyLog

import struct Crypto.SHA256

/// RFC 6962 §2.1 word for word, slow and recursive: what the tree is compared with.
enum Reference {
    static func leaves(_ count: Int) -> [Digest] {
        (0..<count).map { .leaf(entry($0)) }
    }

    static func entry(_ index: Int) -> [UInt8] {
        Array(#"{"kind":"tick","t":\#(index),"v":1}"#.utf8)
    }

    static func hash(_ octets: [UInt8]) throws -> Digest {
        try #require(Digest(octets: Array(SHA256.hash(data: octets))))
    }

    /// MTH(D[n]).
    static func root(_ leaves: ArraySlice<Digest>) throws -> Digest {
        guard leaves.count > 1 else { return try leaves.first ?? hash([]) }
        let middle = leaves.startIndex + split(leaves.count)
        let left = try root(leaves[..<middle])
        let right = try root(leaves[middle...])
        return try hash([0x01] + left.octets + right.octets)
    }

    /// PATH(m, D[n]).
    static func inclusion(_ index: Int, _ leaves: ArraySlice<Digest>) throws -> [Digest] {
        guard leaves.count > 1 else { return [] }
        let middle = leaves.startIndex + split(leaves.count)
        let isLeft = index < middle - leaves.startIndex
        return isLeft
            ? try inclusion(index, leaves[..<middle]) + [root(leaves[middle...])]
            : try inclusion(index - (middle - leaves.startIndex), leaves[middle...])
                + [root(leaves[..<middle])]
    }

    /// SUBPROOF(m, D[n], b).
    static func consistency(
        _ old: Int, _ leaves: ArraySlice<Digest>, isKnown: Bool = true
    ) throws -> [Digest] {
        guard old < leaves.count else { return isKnown ? [] : [try root(leaves)] }
        let half = split(leaves.count)
        let middle = leaves.startIndex + half
        return old <= half
            ? try consistency(old, leaves[..<middle], isKnown: isKnown) + [root(leaves[middle...])]
            : try consistency(old - half, leaves[middle...], isKnown: false)
                + [root(leaves[..<middle])]
    }

    /// The largest power of two below `count`.
    private static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }
}

extension Digest {
    /// With one bit turned over.
    func flipped(bit: Int) throws -> Digest {
        var octets = self.octets
        octets[bit / 8] ^= 1 << UInt8(bit % 8)
        return try #require(Digest(octets: octets))
    }
}
