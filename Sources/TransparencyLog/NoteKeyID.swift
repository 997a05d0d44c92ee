import Crypto

/// Which key a signature line is by (C2SP signed-note): four octets of a hash over name and key.
package struct NoteKeyID: Hashable, Sendable {
    /// The octets in a key ID.
    package static let octetCount = 4

    /// The four octets, the first the most significant.
    package let value: UInt32

    /// The ID of a key: the first four octets of SHA-256(name‖0A‖type‖public key).
    init(name: String, type: UInt8, key: [UInt8]) {
        let hash = SHA256.hash(data: Array(name.utf8) + [0x0A, type] + key)
        self.init(octets: hash.prefix(NoteKeyID.octetCount))
    }

    /// - Precondition: `octets` are four, as every caller here knows.
    init(octets: some Sequence<UInt8>) {
        value = octets.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads eight lower-case hexadecimal digits.
    init?(hex: some Collection<UInt8>) {
        let digits = Array("0123456789abcdef".utf8)
        guard hex.count == 2 * NoteKeyID.octetCount else { return nil }
        var value: UInt32 = 0
        for symbol in hex {
            guard let digit = digits.firstIndex(of: symbol) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        self.value = value
    }

    /// Eight lower-case hexadecimal digits.
    package var hex: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 2 * NoteKeyID.octetCount - digits.count) + digits
    }

    var octets: [UInt8] {
        [24, 16, 8, 0].map { (shift: UInt32) in UInt8(truncatingIfNeeded: value >> shift) }
    }
}

/// What C2SP signed-note asks of a key's name.
enum NoteKeyName {
    /// Not empty, without white space, `+` and control characters.
    static func isValid(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                scalar != "+" && !scalar.properties.isWhitespace
                    && scalar.properties.generalCategory != .control
            }
    }
}

/// The types of key of C2SP signed-note that this log knows.
enum NoteKeyType {
    static let ed25519: UInt8 = 0x01
    /// Timestamped Ed25519 cosignatures of witnesses (C2SP tlog-cosignature).
    static let cosignature: UInt8 = 0x04
}
