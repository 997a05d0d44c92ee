extension RouteTable {
    /// Whether a request's method is the one that a match asks for; methods have case.
    @usableFromInline
    func fits(_ match: CompiledMatch, method: Span<UInt8>) -> Bool {
        let count = Int(match.method.count)
        if count == 0 { return true }
        guard method.count == count else { return false }
        let start = Int(match.method.start)
        for index in 0..<count where texts[start + index] != method[index] { return false }
        return true
    }

    /// Whether a request has every header field that a match asks for.
    @inlinable
    func headersFit<Fields: RequestFields & ~Copyable & ~Escapable>(
        _ match: CompiledMatch, fields: borrowing Fields, octets: Span<UInt8>
    ) -> Bool {
        let first = Int(match.firstCondition)
        for index in first..<(first + Int(match.headerCount)) {
            guard headerFits(conditions[index], fields: fields, octets: octets) else {
                return false
            }
        }
        return true
    }

    /// Whether the field of that name, its lines joined with `, `, has that value (RFC 9110 §5.3).
    ///
    /// The joined string is never built: each line must continue the value where the last one
    /// ended.
    @inlinable
    func headerFits<Fields: RequestFields & ~Copyable & ~Escapable>(
        _ condition: CompiledCondition, fields: borrowing Fields, octets: Span<UInt8>
    ) -> Bool {
        var position = 0
        var isFound = false
        for index in 0..<fields.fieldCount {
            guard isNamed(condition.name, octets, fields.fieldName(at: index)) else { continue }
            if isFound {
                position = afterComma(in: condition.value, at: position)
            }
            isFound = true
            position = continued(
                condition.value, at: position, by: octets, fields.fieldValue(at: index))
            if position < 0 { return false }
        }
        return isFound && position == Int(condition.value.count)
    }

    /// Whether octets are that name, in any case.
    @usableFromInline
    func isNamed(_ name: TextRange, _ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let count = Int(name.count)
        guard range.count == count else { return false }
        let start = Int(name.start)
        for index in 0..<count
        where texts[start + index] != NameSyntax.lowercased(octets[range.lowerBound + index]) {
            return false
        }
        return true
    }

    /// The place in a value after octets that must stand there, -1 when others do.
    @usableFromInline
    func continued(
        _ value: TextRange, at position: Int, by octets: Span<UInt8>, _ range: Range<Int>
    ) -> Int {
        guard position >= 0, range.count <= Int(value.count) - position else { return -1 }
        let start = Int(value.start) + position
        for index in 0..<range.count where texts[start + index] != octets[range.lowerBound + index]
        {
            return -1
        }
        return position + range.count
    }

    /// The place in a value after the `, ` that joins two lines, -1 when something else stands
    /// there.
    @usableFromInline
    func afterComma(in value: TextRange, at position: Int) -> Int {
        guard position >= 0, Int(value.count) - position >= 2 else { return -1 }
        let start = Int(value.start) + position
        return texts[start] == UInt8(ascii: ",") && texts[start + 1] == UInt8(ascii: " ")
            ? position + 2 : -1
    }
}
