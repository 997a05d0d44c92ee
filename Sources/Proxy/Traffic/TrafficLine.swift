internal import HTTP1
internal import Reactor
internal import Routing

/// What a loop tells of its traffic, as octets from its thread to another:
/// `HOUR TABLE RULE METHOD HOST N N N N N N`, a line for each kind of requests, the counts by
/// status class; `-` for what is not there.
enum TrafficLine {
    /// The longest line: 511 octets of a label, 64 of a host and eight numbers, with room to spare.
    static let octetsMax = 1_024

    /// The names of methods by their numbers, as ``Method`` has them; empty for any other.
    private static let methods: [String] = {
        var names = [String](repeating: "", count: TrafficCounts.methodCount)
        let known: [(HTTP1.Method, String)] = [
            (.get, "GET"), (.head, "HEAD"), (.post, "POST"), (.put, "PUT"), (.delete, "DELETE"),
            (.connect, "CONNECT"), (.options, "OPTIONS"), (.trace, "TRACE"), (.patch, "PATCH"),
        ]
        for (method, name) in known { names[Int(method.rawValue)] = name }
        return names
    }()

    /// Adds what lines tell to a summary; octets that no loop writes are passed over.
    static func read(_ octets: [UInt8], into summary: inout TrafficSummary) {
        for line in octets.split(separator: UInt8(ascii: "\n")) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            let numbers = words.dropFirst(5).compactMap { Int64($0) }
            guard words.count == 5 + TrafficCounts.statusCount,
                numbers.count == TrafficCounts.statusCount, let hour = Int64(words[0]),
                let method = Int(words[3]), methods.indices.contains(method)
            else { continue }
            for status in TrafficKind.Status.allCases {
                let kind = TrafficKind(
                    table: text(words[1]), rule: text(words[2]), host: text(words[4]),
                    method: methods[method], status: status)
                summary.add(numbers[status.rawValue], of: kind, in: hour)
            }
        }
    }

    private static func text(_ word: Substring) -> String { word == "-" ? "" : String(word) }

    /// Writes the beginning of a line, up to the rule.
    static func begin(hour: Int64, into line: inout Buffer) {
        line.clear()
        line.append(decimal: Int(hour))
        line.append(0x20)
    }

    /// Writes the rest of a line about a slot.
    static func end(_ slot: borrowing TrafficCounts.Slot, into line: inout Buffer) {
        line.append(decimal: Int(slot.method))
        line.append(0x20)
        if slot.hostOctets == 0 { line.append("-") }
        line.append(slot.host.span.extracting(first: Int(slot.hostOctets)))
        line.append(counts: slot.counts.span)
    }

    /// Writes the rest of a line about requests without a slot.
    static func end(method: Int, counts: Span<Int>, into line: inout Buffer) {
        line.append(decimal: method)
        line.append(" -")
        line.append(counts: counts)
    }
}

extension Buffer {
    fileprivate mutating func append(counts: Span<Int>) {
        for index in counts.indices {
            append(0x20)
            append(decimal: counts[index])
        }
        append(0x0A)
    }
}
