/// The query of a request: names that the call knows, each once.
enum QueryString {
    /// Reads `name=value&…` (WHATWG URL, urlencoded).
    ///
    /// An unknown name is refused rather than ignored: `?stauts=voting` would list everything.
    ///
    /// - Throws: ``APIError/badQuery(name:reason:)``.
    static func parse(
        _ text: String, known: [String]
    ) throws(APIError) -> [String: String] {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first.flatMap(decode),
                let value = parts.count == 2 ? decode(parts[1]) : ""
            else { throw .badQuery(name: String(pair), reason: "is not percent-encoded UTF-8") }
            guard known.contains(name) else {
                let expected =
                    known.isEmpty
                    ? "this call has none" : "known are \(known.joined(separator: ", "))"
                throw .badQuery(name: name, reason: "is not known here; \(expected)")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw .badQuery(name: name, reason: "is given twice")
            }
        }
        return values
    }

    /// Undoes percent-encoding; `nil` when an escape is malformed or the octets are no UTF-8.
    static func decode(_ text: some StringProtocol) -> String? {
        var octets: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let octet = iterator.next() {
            switch octet {
            case UInt8(ascii: "+"): octets.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(hexValue),
                    let low = iterator.next().flatMap(hexValue)
                else { return nil }
                octets.append(high << 4 | low)
            default: octets.append(octet)
            }
        }
        return String(validating: octets, as: UTF8.self)
    }

    private static func hexValue(_ octet: UInt8) -> UInt8? {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): octet - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): octet - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): octet - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
