/// A whole chunked body read from the grammar of RFC 9112 §7.1, recursively and with the body
/// before it: the oracle for `ChunkedDecoder`.
struct NaiveChunks {
    /// What the body holds; `nil` when the octets are no whole body, or one with a fault.
    static func body(_ octets: [UInt8], trailersMax: Int) -> ReadBody? {
        var reader = NaiveChunks(octets)
        return reader.body(trailersMax: trailersMax)
    }

    private let octets: [UInt8]
    private var index = 0

    private init(_ octets: [UInt8]) { self.octets = octets }

    private mutating func body(trailersMax: Int) -> ReadBody? {
        var body = ReadBody()
        while true {
            guard let size = size(), extensions(), take("\r\n") else { return nil }
            if size == 0 { break }
            guard size <= octets.count - index else { return nil }
            body.data += octets[index..<index + size]
            index += size
            guard take("\r\n") else { return nil }
        }
        while !take("\r\n") {
            guard let field = field(), body.trailers.count < trailersMax else { return nil }
            body.trailers.append(field)
        }
        body.octetCount = index
        return body
    }

    /// 1...16 hexadecimal digits.
    private mutating func size() -> Int? {
        let digits = run { "0123456789abcdefABCDEF".utf8.contains($0) }
        guard digits.count <= 16 else { return nil }
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// `*( BWS ";" BWS name [ BWS "=" BWS value ] )`, the first `;` at once, 256 octets at most.
    private mutating func extensions() -> Bool {
        let start = index
        guard index < octets.count, octets[index] == UInt8(ascii: ";") else { return true }
        while takeSign(";") {
            guard !run(Octets.isTokenOctet).isEmpty else { return false }
            if takeSign("=") {
                guard value() else { return false }
            }
        }
        return index - start <= 256
    }

    private mutating func value() -> Bool {
        guard take("\"") else { return !run(Octets.isTokenOctet).isEmpty }
        while index < octets.count {
            let octet = octets[index]
            index += 1
            if octet == UInt8(ascii: "\"") { return true }
            if octet == UInt8(ascii: "\\") { index += 1 }
            guard index <= octets.count, Self.isText(octets[index - 1]) else { return false }
        }
        return false
    }

    private mutating func field() -> FieldText? {
        let name = run(Octets.isTokenOctet)
        guard !name.isEmpty, take(":") else { return nil }
        let value = run(Self.isText)
        return take("\r\n") ? FieldText(name, Octets.trimmed(value)) : nil
    }

    private static func isText(_ octet: UInt8) -> Bool {
        octet >= 0x20 && octet != 0x7F || octet == 0x09
    }

    private mutating func run(_ belongs: (UInt8) -> Bool) -> [UInt8] {
        let run = Array(octets[index...].prefix(while: belongs))
        index += run.count
        return run
    }

    /// Takes a sign with the white space around it, which stands nowhere else.
    private mutating func takeSign(_ sign: String) -> Bool {
        let start = index
        skipSpace()
        guard take(sign) else {
            index = start
            return false
        }
        skipSpace()
        return true
    }

    private mutating func skipSpace() { _ = run { $0 == 0x20 || $0 == 0x09 } }

    private mutating func take(_ text: String) -> Bool {
        guard octets[index...].starts(with: text.utf8) else { return false }
        index += text.utf8.count
        return true
    }
}
