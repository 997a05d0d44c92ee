import CanonicalJSON

/// The members that every statement has, but for its act and its speaker.
struct StatementHeader {
    /// The origin of the log that it is meant for.
    let log: String
    /// What makes it different from every other statement.
    let nonce: String
    /// The time after which it must not be logged, milliseconds since 1970.
    let until: Int64

    private static let nonceLengths = 16...64
    private static let originLengthMax = 255

    /// Reads `log`, `nonce` and `until`.
    ///
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    init(_ reader: inout ObjectReader) throws(FormatFault) {
        log = try reader.string("log")
        guard log.utf8.count <= Self.originLengthMax else {
            throw reader.fault("log", "longer than \(Self.originLengthMax) octets")
        }
        nonce = try reader.string("nonce")
        guard Self.nonceLengths.contains(nonce.utf8.count), nonce.utf8.allSatisfy(isLowerHex) else {
            throw reader.fault("nonce", "expected 16…64 lower-case hexadecimal digits")
        }
        until = try reader.integer("until", in: 0...(1 << 52))
    }
}

/// Whether an octet is `0`…`9` or `a`…`f`.
private func isLowerHex(_ octet: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(octet)
}
