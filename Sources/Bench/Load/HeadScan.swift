/// What a load and its backend need to know of a head: where it ends, and the little that decides
/// what follows it. It checks nothing else: the contenders' grammar is not what is measured.
struct HeadScan {
    /// Octets of the head with its empty line; 0 while it is not whole.
    private(set) var octets = 0
    /// The status of a response, 0 of anything else.
    private(set) var status = 0
    /// Octets of the body that follows; -1 when the head does not say.
    private(set) var contentLength = -1
    /// Whether the connection is asked, or told, to become something else.
    private(set) var upgrades = false
    /// Whether the connection ends with this message.
    private(set) var closes = false

    private static let lengthName = Array("content-length:".utf8)
    private static let upgradeName = Array("upgrade:".utf8)
    private static let closingField = Array("connection: close\r".utf8)
    private static let newline: UInt8 = 10
    private static let carriageReturn: UInt8 = 13

    /// Looks through octets once, line by line; allocates nothing.
    ///
    /// - Complexity: O(octets of the head).
    init(_ span: Span<UInt8>) {
        status = Self.status(span)
        var line = 0
        for index in span.indices where span[index] == Self.newline {
            let length = index - line
            if length == 0 || length == 1 && span[line] == Self.carriageReturn {
                octets = index + 1
                return
            }
            take(span, line)
            line = index + 1
        }
    }

    private mutating func take(_ span: Span<UInt8>, _ line: Int) {
        switch span[line] | 0x20 {
        case 0x63:  // c
            if Self.begins(span, line, Self.lengthName) {
                contentLength = Self.number(span, line + Self.lengthName.count)
            } else if Self.begins(span, line, Self.closingField) {
                closes = true
            }
        case 0x75:  // u
            if Self.begins(span, line, Self.upgradeName) { upgrades = true }
        default: break
        }
    }

    /// `HTTP/1.1 200`: three digits from the tenth octet on.
    private static func status(_ span: Span<UInt8>) -> Int {
        guard span.count > 12, span[0] == 0x48, span[4] == 0x2f else { return 0 }
        return number(span, 8)
    }

    private static func begins(_ span: Span<UInt8>, _ start: Int, _ name: [UInt8]) -> Bool {
        guard span.count - start >= name.count else { return false }
        for index in name.indices where span[start + index] | 0x20 != name[index] | 0x20 {
            return false
        }
        return true
    }

    /// The number after blanks; at most 15 digits, so that it cannot overflow.
    static func number(_ span: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < span.count, span[index] == 0x20 { index += 1 }
        let end = min(span.count, index + 15)
        var value = 0
        while index < end, span[index] >= 0x30, span[index] <= 0x39 {
            value = value * 10 + Int(span[index] - 0x30)
            index += 1
        }
        return value
    }
}
