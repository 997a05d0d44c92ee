extension Backend.Address {
    /// What an address must look like, in words.
    static let expectation = "an IPv4 or IPv6 address, a DNS name, or unix: and an absolute path"

    /// The longest path of a Unix socket: Linux's `sun_path` of 108 octets, one of them the final
    /// NUL.
    static let unixPathOctetsMax = 107

    /// Reads the spelling of documents.
    ///
    /// - Returns: `nil` for anything else, such as an IPv4 address with leading zeros or in fewer
    ///   than four parts, which programs read in different ways.
    package init?(text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard path.hasPrefix("/"), path.utf8.count <= Self.unixPathOctetsMax,
                !path.utf8.contains(0)
            else { return nil }
            self = .unix(path)
        } else if text.utf8.contains(UInt8(ascii: ":")) {
            guard let groups = Self.ipv6Groups(text) else { return nil }
            let word = { (range: Range<Int>) in groups[range].reduce(0) { $0 << 16 | UInt64($1) } }
            self = .ipv6(word(0..<4), word(4..<8))
        } else if NameSyntax.endsInNumber(text) {
            guard let address = Self.ipv4(text) else { return nil }
            self = .ipv4(address)
        } else {
            let name = NameSyntax.lowercased(text)
            guard NameSyntax.isSubdomain(name) else { return nil }
            self = .hostname(name)
        }
    }

    /// Four decimal numbers of 0…255 without leading zeros.
    private static func ipv4(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            let isPlain =
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(NameSyntax.isDigit)
                && (part.utf8.count == 1 || part.utf8.first != UInt8(ascii: "0"))
            guard isPlain, let octet = UInt8(part) else { return nil }
            address = address << 8 | UInt32(octet)
        }
        return address
    }

    /// The eight groups of RFC 4291 §2.2's three spellings; no zone.
    private static func ipv6Groups(_ text: String) -> [UInt16]? {
        let halves = split(text)
        guard halves.count <= 2 else { return nil }
        var sides: [[UInt16]] = []
        for (index, half) in halves.enumerated() {
            let mayEndInIPv4 = index == halves.count - 1
            guard let groups = groups(half, mayEndInIPv4: mayEndInIPv4) else { return nil }
            sides.append(groups)
        }
        guard sides.count == 2 else { return sides[0].count == 8 ? sides[0] : nil }
        // `::` stands for one group of zeros at least.
        let missing = 8 - sides[0].count - sides[1].count
        guard missing >= 1 else { return nil }
        return sides[0] + Array(repeating: 0, count: missing) + sides[1]
    }

    /// The parts around `::`; three or more when it comes twice.
    private static func split(_ text: String) -> [String] {
        let octets = Array(text.utf8)
        var parts: [[UInt8]] = [[]]
        var index = 0
        while index < octets.count {
            let isDouble =
                octets[index] == UInt8(ascii: ":") && index + 1 < octets.count
                && octets[index + 1] == UInt8(ascii: ":")
            if isDouble {
                parts.append([])
                index += 2
            } else {
                parts[parts.count - 1].append(octets[index])
                index += 1
            }
        }
        return parts.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func groups(_ text: String, mayEndInIPv4: Bool) -> [UInt16]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4, index == parts.count - 1, part.utf8.contains(UInt8(ascii: ".")) {
                guard let address = ipv4(part) else { return nil }
                groups.append(UInt16(address >> 16))
                groups.append(UInt16(address & 0xFFFF))
                continue
            }
            let isHex = (1...4).contains(part.utf8.count) && part.allSatisfy(\.isHexDigit)
            guard isHex, part.utf8.count == part.count, let group = UInt16(part, radix: 16) else {
                return nil
            }
            groups.append(group)
        }
        return groups
    }
}
