import CanonicalJSON
import TestKit
import Testing

@Suite("The canonical writer")
struct CanonicalWriterTests {
    @Test func `what it writes is the canonical text of the value`() throws {
        var writer = CanonicalWriter()
        writer.object { writer in
            writer.name("a")
            writer.array(of: [0, 9, 10, -1, 9_007_199_254_740_991]) { $0.integer(Int64($1)) }
            writer.name("b")
            writer.array { writer in
                writer.object { _ in }
                writer.array { _ in }
                writer.array {
                    $0.string("\"é\\\n\u{1}")
                    $0.string(plain: Array("0aF+/=".utf8))
                }
                writer.bool(true)
                writer.bool(false)
            }
            writer.name("c")
            writer.value(["x": [1, "y"]])
            writer.name("d")
            writer.integer(7)
            writer.name("e")
            writer.array { writer in
                writer.written(Array("1,[2]".utf8)[...])
                writer.written(Array("{}".utf8)[...])
            }
        }
        let value: JSONValue = [
            "a": [0, 9, 10, -1, 9_007_199_254_740_991],
            "b": [[:], [], ["\"é\\\n\u{1}", "0aF+/="], true, false], "c": ["x": [1, "y"]], "d": 7,
            "e": [1, [2], [:]],
        ]
        #expect(writer.octets == value.canonicalOctets)
        #expect(try JSONValue(parsing: writer.octets, form: .canonical) == value)
    }

    @Test func `members out of order are found when it is read`() {
        var writer = CanonicalWriter()
        writer.object {
            $0.name("b")
            $0.integer(1)
            $0.name("a")
            $0.integer(2)
        }
        #expect(throws: JSONFault.self) { try JSONValue(parsing: writer.octets, form: .canonical) }
    }

    @Test func `an integer is written as String writes it`() {
        var random = SeededGenerator(seed: 11)
        for bits in 0..<53 {
            let integer = Int64.random(in: 0...(1 << bits), using: &random)
            for signed in [integer, -integer] {
                #expect(JSONValue.integer(signed).canonicalText == String(signed))
            }
        }
    }
}
