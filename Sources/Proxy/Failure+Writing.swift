internal import HTTP1
internal import Reactor

extension Failure {
    /// Writes the name that `Commonway-Error` carries.
    func writeName(into output: inout OctetWriter) {
        if case .message(let error) = self {
            error.writeName(into: &output)
        } else {
            output.append(name)
        }
    }
}

extension Buffer {
    /// Writes the problem document (RFC 9457) of a failure.
    mutating func writeDocument(_ failure: Failure) {
        var writer = OctetWriter(taking: &self)
        writer.append("{\"type\":\"about:blank\",\"title\":\"")
        writer.append(failure.title)
        writer.append("\",\"status\":")
        writer.append(decimal: UInt64(failure.status))
        writer.append(",\"detail\":\"")
        writer.append(failure.detail)
        writer.append("\",\"kind\":\"")
        failure.writeName(into: &writer)
        if case .message(let error) = failure {
            writer.append("\",\"octet\":")
            writer.append(decimal: UInt64(max(0, error.offset)))
            writer.append("}\n")
        } else {
            writer.append("\"}\n")
        }
        writer.giveBack(to: &self)
    }

    /// Writes a small page that says the same. Nothing in it comes from the request.
    mutating func writePage(_ failure: Failure) {
        var writer = OctetWriter(taking: &self)
        writer.append("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>")
        writer.append(failure.title)
        writer.append("</title>\n<h1>")
        writer.append(decimal: UInt64(failure.status))
        writer.append(" ")
        writer.append(failure.title)
        writer.append("</h1>\n<p>")
        writer.append(failure.detail)
        writer.append("</p>\n<p><code>")
        failure.writeName(into: &writer)
        writer.append("</code> &middot; Commonway gateway</p>\n</html>\n")
        writer.giveBack(to: &self)
    }

    /// Whether an `Accept` value names `text/html`, and no JSON before it: what browsers send.
    func prefersPage(_ accept: Range<Int>) -> Bool {
        let value = span.extracting(accept)
        let page = Self.offset(of: "text/html", in: value)
        let json = Self.offset(of: "json", in: value)
        return page < json
    }

    /// The offset of lower-case letters or signs, in any case, in octets; `.max` when absent.
    private static func offset(of word: StaticString, in octets: Span<UInt8>) -> Int {
        let letters = Array(word.description.utf8)
        guard octets.count >= letters.count else { return .max }
        for start in 0...(octets.count - letters.count) {
            var matched = 0
            while matched < letters.count, octets[start + matched] | 0x20 == letters[matched] {
                matched += 1
            }
            if matched == letters.count { return start }
        }
        return .max
    }
}
