import HTTP1

/// A sink that keeps all it is given.
struct ArraySink: OctetSink {
    /// What was appended.
    var octets: [UInt8] = []

    mutating func append(_ octets: Span<UInt8>) {
        for index in octets.indices { self.octets.append(octets[index]) }
    }

    mutating func append(_ octet: UInt8) { octets.append(octet) }

    mutating func append(_ text: StaticString) { octets += "\(text)".utf8 }

    /// What was appended, as text.
    var text: String { String(decoding: octets, as: UTF8.self) }
}
