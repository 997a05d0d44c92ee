extension JSONValue {
    /// The one canonical spelling (RFC 8785).
    ///
    /// - Complexity: O(length of the result).
    package var canonicalOctets: [UInt8] {
        var octets: [UInt8] = []
        write(to: &octets)
        return octets
    }

    /// The canonical spelling as text, for people and command lines.
    package var canonicalText: String {
        String(decoding: canonicalOctets, as: UTF8.self)
    }

    /// Appends the canonical spelling.
    package func write(to octets: inout [UInt8]) {
        switch self {
        case .object(let object):
            octets.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { octets.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &octets)
                octets.append(UInt8(ascii: ":"))
                member.value.write(to: &octets)
            }
            octets.append(UInt8(ascii: "}"))
        case .array(let elements):
            octets.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { octets.append(UInt8(ascii: ",")) }
                element.write(to: &octets)
            }
            octets.append(UInt8(ascii: "]"))
        case .string(let string): Self.write(string, to: &octets)
        case .integer(let integer): Self.write(integer, to: &octets)
        case .bool(let bool): octets.append(contentsOf: (bool ? "true" : "false").utf8)
        }
    }

    /// Writes an integer in decimal digits.
    static func write(_ integer: Int64, to octets: inout [UInt8]) {
        var rest = integer.magnitude
        if integer < 0 { octets.append(UInt8(ascii: "-")) }
        let start = octets.count
        repeat {
            octets.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        // They came from the last to the first.
        var (low, high) = (start, octets.count - 1)
        while low < high {
            octets.swapAt(low, high)
            (low, high) = (low + 1, high - 1)
        }
    }

    /// Writes a string with the escapes of RFC 8785 §3.2.2.2, and no others.
    static func write(_ string: String, to octets: inout [UInt8]) {
        octets.append(UInt8(ascii: "\""))
        defer { octets.append(UInt8(ascii: "\"")) }
        // Most strings need no escape, and are copied at once.
        if Escape.isNeedless(string) {
            octets.append(contentsOf: string.utf8)
            return
        }
        for octet in string.utf8 {
            if Escape.isPlain(octet) {
                octets.append(octet)
                continue
            }
            octets.append(UInt8(ascii: "\\"))
            if let letter = Escape.letter(for: octet) {
                octets.append(letter)
            } else {
                octets.append(contentsOf: "u00".utf8)
                octets.append(Escape.hexDigit(octet >> 4))
                octets.append(Escape.hexDigit(octet & 15))
            }
        }
    }
}

/// The escapes of JSON strings (RFC 8259 §7).
enum Escape {
    /// Whether all of a text stands in a string as it is.
    static func isNeedless(_ text: String) -> Bool {
        let octets = text.utf8.span
        for place in octets.indices where !isPlain(octets[place]) { return false }
        return true
    }

    /// Whether an octet stands in a string as it is.
    static func isPlain(_ octet: UInt8) -> Bool {
        octet >= 0x20 && octet != UInt8(ascii: "\"") && octet != UInt8(ascii: "\\")
    }

    /// The letter after the backslash for an octet that has a short escape.
    static func letter(for octet: UInt8) -> UInt8? {
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): octet
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }

    /// The octet that a short escape stands for.
    static func octet(for letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "r"): 0x0D
        default: nil
        }
    }

    /// A lower-case hexadecimal digit of 0…15.
    static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// The value of a hexadecimal digit of either case.
    static func hexValue(_ digit: UInt8) -> UInt16? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
