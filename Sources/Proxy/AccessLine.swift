internal import HTTP1
internal import Reactor

/// One line of the access log: a JSON object, written member by member as the exchange goes on,
/// since what a request said is gone from the buffers when its response ends.
///
/// The buffer has `BufferPool.tinyOctets`, and every part is bounded so that all of them fit.
enum AccessLine {
    /// Octets told of a path, with its query where that is told.
    static let pathOctetsMax = 400
    /// Octets told of a host: a name has at most 253, a port 6 more.
    static let hostOctetsMax = 260
    /// Octets told of a method.
    static let methodOctetsMax = 32

    /// Writes when it began.
    static func begin(
        wallMs: Int64, date: borrowing InstantText, into line: inout Buffer
    ) {
        line.append("{\"time\":\"")
        line.append(date.text.span)
        line.append(0x2E)
        line.append(thousandths: wallMs)
        line.append("Z\"")
    }

    /// Writes who asked, as much of it as is to be told.
    static func client(
        _ address: Span<UInt8>, _ shown: AccessLogSettings.Clients, into line: inout Buffer
    ) {
        if address.isEmpty || shown == .none { return }
        line.append(",\"client\":\"")
        if shown == .whole { line.append(address) } else { truncated(address, into: &line) }
        line.append(0x22)
    }

    /// Writes a member whose value is text, cut off at a bound.
    static func member(
        _ name: StaticString, _ value: Span<UInt8>, atMost most: Int, into line: inout Buffer
    ) {
        line.append(",\"")
        line.append(name)
        line.append("\":\"")
        escaped(value.count > most ? value.extracting(first: most) : value, into: &line)
        line.append(0x22)
    }

    /// Writes a member whose value is a number.
    static func member(_ name: StaticString, _ value: Int64, into line: inout Buffer) {
        line.append(",\"")
        line.append(name)
        line.append("\":")
        line.append(number: UInt64(max(0, value)))
    }

    /// Writes a member whose value is a time in milliseconds, with three decimals.
    static func member(_ name: StaticString, microseconds: Int64, into line: inout Buffer) {
        let time = max(0, microseconds)
        member(name, time / 1000, into: &line)
        line.append(0x2E)
        line.append(thousandths: time)
    }

    /// Writes text as it stands in a JSON string. What is no visible ASCII becomes an escape: a
    /// value that was refused may hold any octet.
    static func escaped(_ text: Span<UInt8>, into line: inout Buffer) {
        var start = 0
        for index in text.indices {
            let octet = text[index]
            if octet >= 0x20 && octet < 0x7F && octet != 0x22 && octet != 0x5C { continue }
            line.append(text.extracting(start..<index))
            start = index + 1
            line.append("\\u00")
            line.append(hexDigit(octet >> 4))
            line.append(hexDigit(octet & 15))
        }
        line.append(text.extracting(start..<text.count))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }

    /// Writes an address's text with what tells a single client apart made 0: the last octet of an
    /// IPv4 address, all but the first three groups of an IPv6 one.
    static func truncated(_ address: Span<UInt8>, into text: inout Buffer) {
        var colons = 0
        var lastDot = -1
        for index in address.indices {
            if address[index] == 0x2E { lastDot = index }
            guard address[index] == 0x3A else { continue }
            colons += 1
            let isGap = index + 1 < address.count && address[index + 1] == 0x3A
            if isGap || colons == 3 {
                text.append(address.extracting(0..<index))
                text.append("::")
                return
            }
        }
        if lastDot < 0 { return }
        text.append(address.extracting(0...lastDot))
        text.append(0x30)
    }
}

extension Buffer {
    /// Appends the last three digits of a number that is not negative.
    fileprivate mutating func append(thousandths number: Int64) {
        append(0x30 + UInt8(truncatingIfNeeded: number / 100 % 10))
        append(0x30 + UInt8(truncatingIfNeeded: number / 10 % 10))
        append(0x30 + UInt8(truncatingIfNeeded: number % 10))
    }

    fileprivate mutating func append(number: UInt64) {
        var writer = OctetWriter(taking: &self)
        writer.append(decimal: number)
        writer.giveBack(to: &self)
    }
}

/// The second of an instant as RFC 3339 has it, written anew once a second:
/// `1994-11-06T08:49:37`.
struct InstantText: ~Copyable {
    private(set) var text: InlineArray<19, UInt8> = .init(repeating: 0x30)
    private var writtenFor: Int64 = -1

    /// Brings the text up to the second.
    ///
    /// - Parameter seconds: since 1970, UTC.
    mutating func update(_ seconds: Int64) {
        if seconds == writtenFor { return }
        writtenFor = seconds
        let date = CivilDate(days: seconds / 86_400)
        let ofDay = Int(seconds % 86_400)
        put(date.year, digits: 4, at: 0)
        text[4] = 0x2D
        put(date.month, digits: 2, at: 5)
        text[7] = 0x2D
        put(date.day, digits: 2, at: 8)
        text[10] = 0x54
        put(ofDay / 3_600, digits: 2, at: 11)
        text[13] = 0x3A
        put(ofDay / 60 % 60, digits: 2, at: 14)
        text[16] = 0x3A
        put(ofDay % 60, digits: 2, at: 17)
    }

    private mutating func put(_ number: Int, digits: Int, at place: Int) {
        var rest = number
        for index in stride(from: digits - 1, through: 0, by: -1) {
            text[place + index] = 0x30 + UInt8(rest % 10)
            rest /= 10
        }
    }
}
