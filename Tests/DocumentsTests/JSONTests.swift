import CanonicalJSON
import Documents
import Testing

@Suite struct JSONTexts {
    private func parse(_ json: String) throws -> [LocatedDocument] {
        try Documents.parse(Array(json.utf8), format: .json, name: "f.json")
    }

    @Test func `one value is one document`() throws {
        let documents = try parse("{\n  \"é\": 1\n}".replacingName)
        #expect(documents.map(\.value) == [["e": 1]])
        #expect(documents[0].place(of: "/e") == Place(line: 2, column: 8))
        #expect(documents[0].place(of: "") == Place(line: 1, column: 1))
    }

    @Test func `an array is a document an element, with the places of each`() throws {
        let documents = try parse("[{\"a\": 1},\n {\"a\": \"é\", \"b\": [2]}]")
        #expect(documents.map(\.value) == [["a": 1], ["a": "é", "b": [2]]])
        #expect(documents.map(\.number) == [1, 2])
        #expect(documents[0].place(of: "/a") == Place(line: 1, column: 8))
        #expect(documents[1].place(of: "") == Place(line: 2, column: 2))
        #expect(documents[1].place(of: "/b/0") == Place(line: 2, column: 19))
    }

    @Test(arguments: [
        ("", 1, 1, "the text ends inside a value"),
        ("{\"a\": null}", 1, 7, "null is not used; leave the member out"),
        ("{\"a\":\n 1.5}", 2, 2, "numbers are integers within ±(2^53−1), written plainly"),
        ("{\"a\": 1,\n\"a\": 2}", 2, 1, "a member name came twice: \"a\""),
        ("{\"é\": 1}", 1, 2, "member names are visible ASCII"),
        ("[1, \"é\" x]", 1, 9, "unexpected octet 0x78"),
    ])
    func `a fault has its line and column`(
        json: String, line: Int, column: Int, reason: String
    ) {
        let fault = #expect(throws: DocumentsFault.self) { try parse(json) }
        #expect(fault?.place == Place(line: line, column: column))
        #expect(fault?.reason == reason)
    }

    @Test func `more documents than a file may hold are refused where they begin`() {
        let json = "[" + Array(repeating: "1", count: 65).joined(separator: ",") + "]"
        let fault = #expect(throws: DocumentsFault.self) { try parse(json) }
        #expect(fault?.reason == "65 documents")
        #expect(fault?.place == Place(line: 1, column: 130))
    }

    @Test func `depth and size are bounded`() {
        let deep = String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
        #expect(throws: DocumentsFault.self) { try parse(deep) }
        let long = String(repeating: " ", count: Documents.octetsMax) + "1"
        #expect(throws: DocumentsFault.self) { try parse(long) }
    }
}

extension String {
    /// A name of ASCII in place of the `é`, so that a column counts what stands before it.
    fileprivate var replacingName: String { String(map { $0 == "é" ? "e" : $0 }) }
}
