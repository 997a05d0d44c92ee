import HTTP1

/// A field line as text: what the models of forwarding are written in.
struct FieldText: Equatable, CustomStringConvertible {
    var name: [UInt8]
    var value: [UInt8]

    init(_ name: [UInt8], _ value: [UInt8]) {
        self.name = name
        self.value = value
    }

    init(_ name: String, _ value: String) {
        self.init(Array(name.utf8), Array(value.utf8))
    }

    init(_ name: String, _ value: [UInt8]) {
        self.init(Array(name.utf8), value)
    }

    /// A line as the parser captured it.
    init(_ line: FieldLine, _ octets: Span<UInt8>) {
        self.init(
            Octets.array(octets, line.name.indices), Octets.array(octets, line.value.indices))
    }

    /// Fields that end at every hop, or that the gateway writes anew, in either direction.
    static let endingHere: Set<String> = [
        "host", "connection", "keep-alive", "proxy-connection", "te", "transfer-encoding",
        "upgrade", "proxy-authenticate", "proxy-authorization", "content-length", "via",
        "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded",
        "http2-settings",
    ]

    /// The name, letters of ASCII in lower case.
    var key: String { Octets.lowered(name) }

    /// The elements of a list, in lower case and without white space around them.
    var elements: [String] {
        value.split(separator: UInt8(ascii: ",")).map { Octets.lowered(Octets.trimmed($0)) }
            .filter { !$0.isEmpty }
    }

    var description: String { "\(Octets.shown(name)): \(Octets.shown(value))" }
}

/// Octets read slowly, apart from the code under test.
enum Octets {
    /// The octets of a part of a span.
    static func array(_ octets: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        range.map { octets[$0] }
    }

    /// The octets of a whole span.
    static func array(_ octets: Span<UInt8>) -> [UInt8] { array(octets, 0..<octets.count) }

    /// The text with ASCII letters in lower case. Octets beyond ASCII become Latin-1 characters,
    /// so that different octets stay different.
    static func lowered(_ octets: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for octet in octets {
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet)
            text.append(Unicode.Scalar(isUpper ? octet + 32 : octet))
        }
        return String(text)
    }

    /// The octets without SP and HTAB around them.
    static func trimmed(_ octets: some BidirectionalCollection<UInt8>) -> [UInt8] {
        let isSpace = { (octet: UInt8) in octet == 0x20 || octet == 0x09 }
        return Array(octets.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    /// The octets as a reader of a failure can type them again.
    static func shown(_ octets: some Sequence<UInt8>) -> String {
        String(decoding: Array(octets), as: UTF8.self).debugDescription
    }

    /// RFC 9110 §5.6.2's `token`.
    static func isToken(_ octets: [UInt8]) -> Bool {
        !octets.isEmpty && octets.allSatisfy(isTokenOctet)
    }

    /// RFC 9110 §5.6.2's `tchar`, spelled out.
    static func isTokenOctet(_ octet: UInt8) -> Bool {
        isAlphanumeric(octet) || "!#$%&'*+-.^_`|~".utf8.contains(octet)
    }

    /// RFC 3986 §2.3's `unreserved`, spelled out.
    static func isUnreserved(_ octet: UInt8) -> Bool {
        isAlphanumeric(octet) || "-._~".utf8.contains(octet)
    }

    private static func isAlphanumeric(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    /// The number that digits alone write; `nil` for anything else, and from 2^63 on.
    static func decimal(_ octets: [UInt8]) -> Int64? {
        let isDigits = octets.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isDigits ? Int64(String(decoding: octets, as: UTF8.self)) : nil
    }
}

/// A sink that keeps all it is given.
struct CollectingSink: OctetSink {
    /// What was appended.
    var octets: [UInt8] = []

    mutating func append(_ octets: Span<UInt8>) {
        for index in octets.indices { self.octets.append(octets[index]) }
    }

    mutating func append(_ octet: UInt8) { octets.append(octet) }

    mutating func append(_ text: StaticString) { octets += "\(text)".utf8 }
}
