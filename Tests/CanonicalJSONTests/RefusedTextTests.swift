import CanonicalJSON
import Testing

/// A text that leaves the profile, and where.
struct RefusedText: Sendable, CustomTestStringConvertible {
    let text: String
    let kind: JSONFault.Kind
    let offset: Int

    init(_ text: String, _ kind: JSONFault.Kind, at offset: Int) {
        self.text = text
        self.kind = kind
        self.offset = offset
    }

    var testDescription: String { "\(text) at \(offset)" }

    /// Refused in either form.
    static let malformed: [RefusedText] = [
        .init("", .unexpectedEnd, at: 0),
        .init("x", .unexpectedOctet(0x78), at: 0),
        .init("\u{FEFF}{}", .unexpectedOctet(0xEF), at: 0),
        .init("tru", .unexpectedEnd, at: 3),
        .init("trux", .unexpectedOctet(0x78), at: 3),
        .init("falsy", .unexpectedOctet(0x79), at: 4),
        .init("nul", .unexpectedEnd, at: 3),
        .init("null", .null, at: 0),
        .init("[1,null]", .null, at: 3),
        .init("{}x", .trailingOctets, at: 2),
        .init("1]", .trailingOctets, at: 1),
        .init("[", .unexpectedEnd, at: 1),
        .init("[1", .unexpectedEnd, at: 2),
        .init("[1,", .unexpectedEnd, at: 3),
        .init("[,]", .unexpectedOctet(0x2C), at: 1),
        .init("[1,]", .unexpectedOctet(0x5D), at: 3),
        .init("[1}", .unexpectedOctet(0x7D), at: 2),
        .init("{", .unexpectedEnd, at: 1),
        .init("{\"a\"", .unexpectedEnd, at: 4),
        .init("{\"a\":", .unexpectedEnd, at: 5),
        .init("{\"a\":1", .unexpectedEnd, at: 6),
        .init("{\"a\":1,", .unexpectedEnd, at: 7),
        .init("{\"a\":1,}", .unexpectedOctet(0x7D), at: 7),
        .init("{a:1}", .unexpectedOctet(0x61), at: 1),
        .init("{1:1}", .unexpectedOctet(0x31), at: 1),
        .init("{\"a\"1}", .unexpectedOctet(0x31), at: 4),
        .init("{\"a\":1;}", .unexpectedOctet(0x3B), at: 6),
        .init("{\"é\":1}", .nameNotASCII, at: 1),
        .init("{\"\\n\":1}", .nameNotASCII, at: 1),
        .init("{\"\u{7F}\":1}", .nameNotASCII, at: 1),
        .init("{\"a\":1,\"a\":2}", .duplicateName("a"), at: 7),
        .init("-", .unexpectedEnd, at: 1),
        .init("-x", .notAnInteger, at: 0),
        .init("-0", .notAnInteger, at: 0),
        .init("01", .notAnInteger, at: 0),
        .init("-01", .notAnInteger, at: 0),
        .init("[7,1.0]", .notAnInteger, at: 3),
        .init("1e3", .notAnInteger, at: 0),
        .init("1E3", .notAnInteger, at: 0),
        .init("9007199254740992", .notAnInteger, at: 0),
        .init("-9007199254740992", .notAnInteger, at: 0),
        .init("99999999999999999999999999", .notAnInteger, at: 0),
        .init("+1", .unexpectedOctet(0x2B), at: 0),
        .init(".5", .unexpectedOctet(0x2E), at: 0),
        .init("NaN", .unexpectedOctet(0x4E), at: 0),
        .init("\"", .unexpectedEnd, at: 1),
        .init("\"abc", .unexpectedEnd, at: 4),
        .init("\"ab\u{1}\"", .controlOctet(1), at: 3),
        .init("\"a\tb\"", .controlOctet(9), at: 2),
        .init("\"a\\", .unexpectedEnd, at: 3),
        .init("\"a\\x\"", .badEscape, at: 2),
        .init("\"\\u12", .unexpectedEnd, at: 5),
        .init("\"\\u12x4\"", .badEscape, at: 1),
        .init("\"\\ud800\"", .badEscape, at: 1),
        .init("\"a\\udc00\"", .badEscape, at: 2),
        .init("\"\\ud800\\u0041\"", .badEscape, at: 1),
        .init("\"\\ud800\\n\"", .badEscape, at: 1),
    ]

    /// Refused only as not canonical.
    static let notCanonical: [RefusedText] = [
        .init(" {}", .notCanonical(.whiteSpace), at: 0),
        .init("{} ", .notCanonical(.whiteSpace), at: 2),
        .init("[1, 2]", .notCanonical(.whiteSpace), at: 3),
        .init("{\"a\": 1}", .notCanonical(.whiteSpace), at: 5),
        .init("{\"a\":1\n}", .notCanonical(.whiteSpace), at: 6),
        .init("{\"b\":1,\"a\":2}", .notCanonical(.memberOrder), at: 7),
        .init("{\"ab\":1,\"a\":2}", .notCanonical(.memberOrder), at: 8),
        .init("\"\\/\"", .notCanonical(.escape), at: 1),
        .init("\"a\\u0041\"", .notCanonical(.escape), at: 2),
        .init("\"\\u000a\"", .notCanonical(.escape), at: 1),
        .init("\"\\u001F\"", .notCanonical(.escape), at: 1),
        .init("\"\\u00e9\"", .notCanonical(.escape), at: 1),
        .init("\"\\u007f\"", .notCanonical(.escape), at: 1),
        .init("\"\\ud83d\\ude00\"", .notCanonical(.escape), at: 1),
    ]
}

@Suite struct RefusedTexts {
    private func fault(
        _ octets: [UInt8], _ form: JSONValue.Form, limits: JSONLimits = .document
    ) -> JSONFault? {
        do {
            _ = try JSONValue(parsing: octets, form: form, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: RefusedText.malformed)
    func `what is malformed is refused in both forms at the same octet`(example: RefusedText) {
        let expected = JSONFault(kind: example.kind, offset: example.offset)
        #expect(fault(Array(example.text.utf8), .relaxed) == expected)
        #expect(fault(Array(example.text.utf8), .canonical) == expected)
    }

    @Test(arguments: RefusedText.notCanonical)
    func `another spelling is refused as canonical and taken as relaxed`(example: RefusedText) {
        let expected = JSONFault(kind: example.kind, offset: example.offset)
        #expect(fault(Array(example.text.utf8), .canonical) == expected)
        #expect(fault(Array(example.text.utf8), .relaxed) == nil)
    }

    @Test(arguments: [
        [0x80], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
    ])
    func `octets that are no UTF-8 are refused`(octets: [UInt8]) {
        let text =
            [UInt8(ascii: "["), UInt8(ascii: "\"")] + octets + [
                UInt8(ascii: "\""), UInt8(ascii: "]"),
            ]
        let expected = JSONFault(kind: .invalidUTF8, offset: 1)
        #expect(fault(text, .relaxed) == expected)
        #expect(fault(text, .canonical) == expected)
    }

    @Test func `depth is bounded before it recurses`() {
        let limits = JSONLimits(octetsMax: 1 << 20, depthMax: 3)
        #expect(fault(Array("[[[1]]]".utf8), .canonical, limits: limits) == nil)
        let expected = JSONFault(kind: .tooDeep(limit: 3), offset: 3)
        #expect(fault(Array("[[[[1]]]]".utf8), .canonical, limits: limits) == expected)
        let objects = JSONFault(kind: .tooDeep(limit: 3), offset: 15)
        let text = #"{"a":{"a":{"a":{}}}}"#
        #expect(fault(Array(text.utf8), .canonical, limits: limits) == objects)
        let bomb = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)
        let deep = JSONFault(kind: .tooDeep(limit: 32), offset: 32)
        #expect(fault(bomb, .relaxed) == deep)
    }

    @Test func `length is bounded before anything is read`() {
        let limits = JSONLimits(octetsMax: 4, depthMax: 3)
        #expect(fault(Array("1234".utf8), .canonical, limits: limits) == nil)
        let expected = JSONFault(kind: .tooLong(limit: 4), offset: 4)
        #expect(fault(Array("12345".utf8), .canonical, limits: limits) == expected)
    }

    @Test func `a fault says what and where in words`() {
        let fault = JSONFault(kind: .duplicateName("name"), offset: 12)
        #expect(fault.description == "octet 12: a member name came twice: \"name\"")
    }
}
