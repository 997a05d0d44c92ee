import HTTP1
import Testing

/// Names are told from one another by words of octets, never by comparing texts again.
@Suite struct KnownFieldTests {
    private static let named = KnownField.allCases.filter { $0 != .other }

    @Test(arguments: named)
    func `a name is known in any case and at any place`(_ field: KnownField) throws {
        for name in ["\(field.name)", "\(field.name)".uppercased(), "\(field.name)".lowercased()] {
            #expect(try known(name) == field)
        }
    }

    @Test(arguments: named)
    func `a name with one octet more, less or other is unknown`(_ field: KnownField) throws {
        let name = "\(field.name)"
        #expect(try known(name + "x") == .other)
        #expect(try known("x" + name) == .other)
        #expect(try known(String(name.dropLast()) + "~") == .other)
        #expect(try known(name.map { $0 == "-" ? "_" : "\($0)" }.joined() + "_") == .other)
        #expect(try known(String(name.dropFirst())) == .other)
    }

    @Test func `a name at the very end of the octets is known`() throws {
        let octets = Array("GET / HTTP/1.1\r\nHost:a\r\n\r\n".utf8)
        let counts = [octets.count - 4, octets.count - 2, octets.count]
        #expect(readRequest(octets, arriving: counts).outcome.isComplete)
    }

    /// What a field of this name is known as. HTTP/1.0, so that nothing else is asked of it.
    private func known(_ name: String) throws -> KnownField {
        let value = ["content-length": "1", "host": "a"][name.lowercased()] ?? "chunked"
        let octets = Array("GET / HTTP/1.0\r\n\(name): \(value)\r\n\r\n".utf8)
        var parser = RequestHeadParser()
        var head = RequestHead()
        // Transfer-Encoding is refused in HTTP/1.0, which shows that it was known.
        do throws(MessageError) {
            _ = try parser.parse(octets.span, into: &head)
        } catch {
            #expect(error.kind == .transferEncodingInHTTP10)
            return .transferEncoding
        }
        return head.fields[0].known
    }
}
