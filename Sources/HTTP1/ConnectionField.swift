/// Reading `Connection`, and marking what it names (RFC 9110 §7.6.1).
enum ConnectionField {
    /// Fields that the gateway or a policy relies on: a message that would have them removed
    /// on the way is refused, since it means one thing here and another behind.
    private static let protected: UInt64 =
        bit(.host) | bit(.contentLength) | bit(.transferEncoding) | bit(.authorization)
        | bit(.cookie)

    /// Takes the options of one `Connection` line.
    ///
    /// - Parameters:
    ///   - options: Gets the options that the gateway acts on.
    ///   - named: Gets a bit for each known field that is named.
    ///   - names: Gets the other names.
    ///   - nameCount: How many other names there are.
    static func take(
        _ value: OctetRange, _ octets: Span<UInt8>, side: MessageSide,
        options: inout ConnectionOptions, named: inout UInt64, names: inout [16 of OctetRange],
        nameCount: inout Int
    ) throws(MessageError) {
        var elements = ListElements(value)
        while let element = elements.next(octets) {
            for index in element where !OctetClass.isToken(octets[index]) {
                throw MessageError(.badConnection, side: side, at: index)
            }
            let known = KnownField.named(octets, at: element.lowerBound, count: element.count)
            if side == .request, protected & bit(known) != 0 {
                throw MessageError(
                    .connectionNamesProtectedField, side: side, at: element.lowerBound)
            }
            named |= bit(known)
            switch known {
            case .keepAlive: options.insert(.keepAlive)
            case .upgrade: options.insert(.upgrade)
            case .te: options.insert(.te)
            case .other where OctetText.word(octets, element) == 0x63_6C6F_7365:
                options.insert(.close)
            case .other:
                guard nameCount < HeadLimits.connectionOptionsMax else {
                    throw MessageError(
                        .tooManyConnectionOptions, side: side, at: element.lowerBound,
                        limit: HeadLimits.connectionOptionsMax)
                }
                names[nameCount] = OctetRange(element.lowerBound, element.upperBound)
                nameCount &+= 1
            default: break
            }
        }
    }

    /// Marks the lines of every field that `Connection` named.
    ///
    /// - Complexity: O(lines × names), with at most ``HeadLimits/connectionOptionsMax`` names.
    static func mark(
        _ fields: inout FieldLines, _ octets: Span<UInt8>, named: UInt64,
        names: [16 of OctetRange], nameCount: Int
    ) {
        // Most messages name nothing but `close`, `keep-alive` or `upgrade`, which are no fields
        // of their own or are hop-by-hop in any case.
        guard nameCount > 0 || named & ~bit(.other) != 0 else { return }
        for index in 0..<fields.count {
            let line = fields[index]
            if line.known != .other {
                if named & bit(line.known) != 0 { fields[index].marks.insert(.hopByHop) }
                continue
            }
            let name = octets.extracting(line.name.indices)
            for other in 0..<nameCount
            where OctetText.equal(name, octets.extracting(names[other].indices)) {
                fields[index].marks.insert(.hopByHop)
            }
        }
    }

    private static func bit(_ field: KnownField) -> UInt64 { 1 << UInt64(field.rawValue) }
}
