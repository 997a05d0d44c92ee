/// RFC 4648 §4 with padding, where every octet string has exactly one spelling.
///
/// Foundation's decoder accepts spellings whose unused bits are set, so two texts would stand for
/// one signature; and the pure rooms have no Foundation.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")
    /// The six bits that an octet stands for; ``unused`` for octets outside the alphabet.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: unused, count: 256)
        for (value, octet) in alphabet.enumerated() { values[Int(octet)] = UInt8(value) }
        return values
    }()
    private static let unused: UInt8 = 0xFF

    /// Writes `octets` on one line.
    static func encode(_ octets: [UInt8]) -> String {
        var text: [UInt8] = []
        append(octets, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the one line that stands for `octets`.
    static func append(_ octets: [UInt8], to text: inout [UInt8]) {
        let symbols = alphabet
        text.reserveCapacity(text.count + (octets.count + 2) / 3 * 4)
        var start = 0
        while start + 3 <= octets.count {
            let group =
                Int(octets[start]) << 16 | Int(octets[start + 1]) << 8 | Int(octets[start + 2])
            text.append(symbols[group >> 18])
            text.append(symbols[group >> 12 & 0x3F])
            text.append(symbols[group >> 6 & 0x3F])
            text.append(symbols[group & 0x3F])
            start += 3
        }
        let left = octets.count - start
        guard left > 0 else { return }
        let group = Int(octets[start]) << 16 | (left > 1 ? Int(octets[start + 1]) << 8 : 0)
        text.append(symbols[group >> 18])
        text.append(symbols[group >> 12 & 0x3F])
        text.append(left > 1 ? symbols[group >> 6 & 0x3F] : padding)
        text.append(padding)
    }

    /// Reads one line; `nil` for anything but the one spelling of some octets.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        let symbols = Array(text)
        guard symbols.count.isMultiple(of: 4) else { return nil }
        guard !symbols.isEmpty else { return [] }
        var padded = 0
        while padded < 2, symbols[symbols.count - 1 - padded] == padding { padded += 1 }

        let table = values
        var octets: [UInt8] = []
        octets.reserveCapacity(symbols.count / 4 * 3)
        var group: UInt32 = 0
        for place in 0..<(symbols.count - padded) {
            let value = table[Int(symbols[place])]
            guard value != unused else { return nil }
            group = group << 6 | UInt32(value)
            if place & 3 == 3 {
                octets.append(UInt8(truncatingIfNeeded: group >> 16))
                octets.append(UInt8(truncatingIfNeeded: group >> 8))
                octets.append(UInt8(truncatingIfNeeded: group))
                group = 0
            }
        }
        switch padded {
        case 1:
            guard group & 0x3 == 0 else { return nil }
            octets.append(UInt8(truncatingIfNeeded: group >> 10))
            octets.append(UInt8(truncatingIfNeeded: group >> 2))
        case 2:
            guard group & 0xF == 0 else { return nil }
            octets.append(UInt8(truncatingIfNeeded: group >> 4))
        default: break
        }
        return octets
    }
}
