extension Digest {
    private static let hexDigits = Array("0123456789abcdef".utf8)

    /// Reads 64 lower-case hexadecimal digits, the one spelling in entries and statements.
    package init?(hex: String) {
        guard hex.utf8.count == 2 * Digest.octetCount else { return nil }
        var octets: [UInt8] = []
        var high: UInt8?
        for symbol in hex.utf8 {
            guard let value = Digest.hexDigits.firstIndex(of: symbol) else { return nil }
            if let first = high {
                octets.append(first << 4 | UInt8(value))
                high = nil
            } else {
                high = UInt8(value)
            }
        }
        self.init(octets: octets)
    }

    /// 64 lower-case hexadecimal digits.
    package var hex: String {
        var text: [UInt8] = []
        for octet in octets {
            text.append(Digest.hexDigits[Int(octet >> 4)])
            text.append(Digest.hexDigits[Int(octet & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads canonical base64 of 32 octets, as checkpoints and proofs write it.
    package init?(base64: some Collection<UInt8>) {
        guard let octets = Base64.decode(base64) else { return nil }
        self.init(octets: octets)
    }

    /// 44 characters of base64.
    package var base64: String { Base64.encode(octets) }
}

extension Digest: CustomStringConvertible {
    /// As ``hex``.
    package var description: String { hex }
}
