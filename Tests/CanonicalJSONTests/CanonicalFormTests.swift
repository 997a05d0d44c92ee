import CanonicalJSON
import Testing

/// RFC 8785's published examples, as far as they are inside the profile.
@Suite struct CanonicalForm {
    @Test func `white space goes, members are sorted, the array's order stays`() throws {
        let text = #" { "b" : [ 3 , 1 ] , "a" : { } , "" : true } "#
        let value = try JSONValue(parsing: text.utf8, form: .relaxed)
        #expect(value.canonicalText == #"{"":true,"a":{},"b":[3,1]}"#)
    }

    /// RFC 8785 §3.2.2: the example's string, whose escapes come in every spelling.
    @Test func `strings have the one set of escapes of RFC 8785`() throws {
        let text = #""\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/""#
        let value = try JSONValue(parsing: text.utf8, form: .relaxed)
        #expect(value.canonicalText == #""€$\u000f\nA'B\"\\\\\"/""#)
    }

    /// RFC 8785 §3.2.2.2: controls by letter where there is one, by lower-case digits otherwise.
    @Test func `every control octet has its one escape`() throws {
        let letters: [UInt8: String] = [8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"]
        for octet in UInt8(0)..<0x20 {
            let value = JSONValue.string(String(UnicodeScalar(octet)))
            let digits = (octet < 16 ? "0" : "") + String(octet, radix: 16)
            #expect(value.canonicalText == "\"\(letters[octet] ?? "\\u00\(digits)")\"")
        }
    }

    @Test(arguments: [
        (0, "0"), (-1, "-1"), (9_007_199_254_740_991, "9007199254740991"),
        (-9_007_199_254_740_991, "-9007199254740991"),
    ])
    func `an integer is written plainly`(number: Int64, text: String) throws {
        #expect(JSONValue.integer(number).canonicalText == text)
        #expect(try JSONValue(parsing: text.utf8, form: .canonical) == .integer(number))
    }

    @Test func `names are sorted by octets, not by letters`() throws {
        let text = #"{"a":1,"B":2,"_":3,"10":4,"1":5,"~":6}"#
        let value = try JSONValue(parsing: text.utf8, form: .relaxed)
        #expect(value.canonicalText == #"{"1":5,"10":4,"B":2,"_":3,"a":1,"~":6}"#)
    }
}
