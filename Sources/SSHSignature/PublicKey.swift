/// A member's Ed25519 public key (RFC 8032), known to be canonical and not of small order.
///
/// A point of small order has signatures that fit any message, and a point with two spellings would
/// be two keys to whoever compares octets; neither becomes a value of this type. Whether the octets
/// are a point of the curve at all shows at the first verification, which fails.
package struct PublicKey: Hashable, Sendable {
    /// The octets in a key.
    package static let octetCount = 32

    /// The point as RFC 8032 §5.1.2 writes it, 32 octets.
    package let octets: [UInt8]

    /// Takes a point as RFC 8032 §5.1.2 writes it.
    ///
    /// - Throws: ``KeyError/wrongLength(octets:)``, ``KeyError/notCanonical`` or
    ///   ``KeyError/smallOrder``.
    package init(octets: some Collection<UInt8>) throws(KeyError) {
        guard octets.count == PublicKey.octetCount else {
            throw .wrongLength(octets: octets.count)
        }
        var y = Array(octets)
        self.octets = y
        // The top bit is the sign of x; the other 255 are y, little-endian.
        y[31] &= 0x7F
        // y ≥ p = 2^255 − 19 has a second spelling below p.
        let reaches = y[31] == 0x7F && y[1..<31].allSatisfy { $0 == 0xFF } && y[0] >= 0xED
        guard !reaches else { throw .notCanonical }
        guard !PublicKey.smallOrderY.contains(y) else { throw .smallOrder }
    }

    /// The y of all points whose order divides 8; each stands for both signs of x.
    private static let smallOrderY: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF,
            0x98, 0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88,
            0x6D, 0x53, 0xFC, 0x05,
        ],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10,
            0x67, 0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77,
            0x92, 0xAC, 0x03, 0x7A,
        ],
    ]
}
