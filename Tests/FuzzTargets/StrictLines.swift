/// A head cut into lines as RFC 9112 §2.1 and §5 write it, without any leniency: what any strict
/// reader behind the gateway would make of the same octets.
struct StrictLines {
    /// The request line or status line.
    let start: [UInt8]
    /// The field lines, values without white space around them.
    let fields: [FieldText]

    /// Cuts a whole head.
    ///
    /// - Throws: ``Broken``, when a strict reader would not take the head; it was taken here.
    init(_ octets: Span<UInt8>) throws(Broken) {
        var lines = try Self.lines(Octets.array(octets))
        // One empty line before a request line is skipped.
        if lines.first?.isEmpty == true { lines.removeFirst() }
        try require(lines.count >= 2 && lines.last?.isEmpty == true, "a head ends in an empty line")
        start = lines.removeFirst()
        lines.removeLast()
        try require(!start.isEmpty, "a head has a start line")
        var fields: [FieldText] = []
        for line in lines { fields.append(try Self.field(line)) }
        self.fields = fields
    }

    /// The lines, each ended by CRLF, with no other CR, LF or control octet but HTAB.
    private static func lines(_ octets: [UInt8]) throws(Broken) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        for octet in octets {
            if octet == 0x0A {
                try require(line.last == 0x0D, "an LF stands behind a CR")
                line.removeLast()
                lines.append(line)
                line = []
                continue
            }
            try require(line.last != 0x0D, "a CR stands before an LF")
            let isText = octet >= 0x20 && octet != 0x7F || octet == 0x09 || octet == 0x0D
            try require(isText, "no control octet \(octet) was taken")
            line.append(octet)
        }
        try require(line.isEmpty, "a head ends in a line end")
        return lines
    }

    private static func field(_ line: [UInt8]) throws(Broken) -> FieldText {
        let name = Array(line.prefix { $0 != UInt8(ascii: ":") })
        try require(name.count < line.count, "a field line has a colon: \(Octets.shown(line))")
        try require(Octets.isToken(name), "a field name is a token: \(Octets.shown(line))")
        return FieldText(name, Octets.trimmed(line[(name.count + 1)...]))
    }

    /// The values of a field.
    func values(of key: String) -> [FieldText] { fields.filter { $0.key == key } }

    /// What the `Connection` fields list.
    var connectionOptions: Set<String> {
        Set(values(of: "connection").flatMap(\.elements))
    }
}
