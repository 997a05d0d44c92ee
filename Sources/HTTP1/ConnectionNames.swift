/// The fields that the `Connection` fields of a message name (RFC 9110 §7.6.1).
///
/// Known fields are a bit each; the others are kept as places in the head until it is complete,
/// since a field may come before the `Connection` that names it.
struct ConnectionNames: Sendable {
    /// Fields that the gateway or a policy relies on: a request that would have them removed
    /// on the way is refused, since it means one thing here and another behind.
    private static let protected: UInt64 =
        bit(.host) | bit(.contentLength) | bit(.transferEncoding) | bit(.authorization)
        | bit(.cookie)

    /// One bit for each known field that is named.
    private var known: UInt64 = 0
    /// Whether `close` is listed, which is the name of a field too (RFC 9110 §7.6.1).
    private var namesClose = false
    /// How many other names there are.
    private var otherCount = 0
    /// The other names: ``HeadLimits/connectionOptionsMax`` places.
    private var others: [16 of OctetRange] = .init(repeating: .empty)

    /// Forgets every name.
    mutating func removeAll() {
        known = 0
        namesClose = false
        otherCount = 0
    }

    /// Takes the options of one `Connection` line.
    ///
    /// - Parameter options: Gets the options that the gateway acts on.
    mutating func take(
        _ value: OctetRange, _ octets: Span<UInt8>, side: MessageSide,
        options: inout ConnectionOptions
    ) throws(MessageError) {
        var elements = ListElements(value)
        while let element = elements.next(octets) {
            for index in element where !OctetClass.isToken(octets[index]) {
                throw MessageError(.badConnection, side: side, at: index)
            }
            let field = KnownField.named(octets, at: element.lowerBound, count: element.count)
            if side == .request, Self.protected & Self.bit(field) != 0 {
                throw MessageError(
                    .connectionNamesProtectedField, side: side, at: element.lowerBound)
            }
            switch field {
            case .keepAlive: options.insert(.keepAlive)
            case .upgrade: options.insert(.upgrade)
            case .te: options.insert(.te)
            case .other where Self.isClose(octets, element):
                options.insert(.close)
                namesClose = true
            case .other: try add(element, side: side)
            default: known |= Self.bit(field)
            }
        }
    }

    private mutating func add(
        _ element: Range<Int>, side: MessageSide
    ) throws(MessageError) {
        guard otherCount < HeadLimits.connectionOptionsMax else {
            throw MessageError(
                .tooManyConnectionOptions, side: side, at: element.lowerBound,
                limit: HeadLimits.connectionOptionsMax)
        }
        others[otherCount] = OctetRange(element.lowerBound, element.upperBound)
        otherCount &+= 1
    }

    /// Whether any field is named besides those that end at every hop in any case.
    var isEmpty: Bool { known == 0 && otherCount == 0 && !namesClose }

    /// Marks the lines of every field that is named.
    ///
    /// - Complexity: O(lines × names), with at most ``HeadLimits/connectionOptionsMax`` names.
    func mark(_ fields: inout FieldLines, _ octets: Span<UInt8>) {
        for index in 0..<fields.count {
            let line = fields[index]
            if line.known != .other {
                if known & Self.bit(line.known) != 0 { fields[index].marks.insert(.hopByHop) }
                continue
            }
            if namesClose, Self.isClose(octets, line.name.indices) {
                fields[index].marks.insert(.hopByHop)
            }
            let name = octets.extracting(line.name.indices)
            for other in 0..<otherCount
            where OctetText.equal(name, octets.extracting(others[other].indices)) {
                fields[index].marks.insert(.hopByHop)
            }
        }
    }

    private static func isClose(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
        range.count == 5 && OctetText.word(octets, range) == 0x63_6C6F_7365
    }

    private static func bit(_ field: KnownField) -> UInt64 { 1 << UInt64(field.rawValue) }
}
