extension RouteTable {
    /// Whether a request has every query parameter that a match asks for.
    @usableFromInline
    func queryFits(_ match: CompiledMatch, query: Span<UInt8>) -> Bool {
        let first = Int(match.firstCondition) + Int(match.headerCount)
        for index in first..<(first + Int(match.queryCount)) {
            guard parameterFits(conditions[index], query: query) else { return false }
        }
        return true
    }

    /// Whether the first parameter of that name has that value.
    ///
    /// Names and values are decoded as they are compared: `%` and two digits are an octet, `+` is a
    /// space, a `%` without digits is itself.
    private func parameterFits(_ condition: CompiledCondition, query: Span<UInt8>) -> Bool {
        var start = 0
        while start < query.count {
            var end = start
            var equals = -1
            while end < query.count, query[end] != UInt8(ascii: "&") {
                if equals < 0, query[end] == UInt8(ascii: "=") { equals = end }
                end += 1
            }
            let nameEnd = equals < 0 ? end : equals
            if decodes(query, start, nameEnd, to: condition.name) {
                return decodes(query, min(nameEnd + 1, end), end, to: condition.value)
            }
            start = end + 1
        }
        return false
    }

    /// Whether octets of a query, decoded, are that text.
    private func decodes(_ query: Span<UInt8>, _ start: Int, _ end: Int, to text: TextRange) -> Bool
    {
        var position = start
        var index = Int(text.start)
        let textEnd = index + Int(text.count)
        while position < end {
            guard index < textEnd else { return false }
            var octet = query[position]
            position += 1
            if octet == UInt8(ascii: "+") {
                octet = UInt8(ascii: " ")
            } else if octet == UInt8(ascii: "%"), end - position >= 2 {
                let high = Self.hexValue(query[position])
                let low = Self.hexValue(query[position + 1])
                if high < 16, low < 16 {
                    octet = high << 4 | low
                    position += 2
                }
            }
            guard texts[index] == octet else { return false }
            index += 1
        }
        return index == textEnd
    }

    /// The value of a hexadecimal digit, 255 for another octet.
    private static func hexValue(_ digit: UInt8) -> UInt8 {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: 255
        }
    }
}
