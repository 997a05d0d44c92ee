import CanonicalJSON
import Testing

@Suite struct Places {
    @Test func `every value has its place, by JSON Pointer`() throws {
        let text = #" {"b": [true, {"x/y~z": 7}], "a": "s"}"#
        let (value, offsets) = try JSONValue.parseNotingPlaces(Array(text.utf8))
        #expect(value["a"] == "s")
        #expect(
            offsets == [
                "": 1, "/b": 7, "/b/0": 8, "/b/1": 14, "/b/1/x~1y~0z": 24, "/a": 34,
            ])
    }

    @Test func `a long name over many values is refused when places are noted`() throws {
        let name = String(repeating: "n", count: 20_000)
        let values = Array(repeating: "1", count: 1000).joined(separator: ",")
        let text = Array("{\"\(name)\":[\(values)]}".utf8)
        let fault = #expect(throws: JSONFault.self) { try JSONValue.parseNotingPlaces(text) }
        #expect(fault?.kind == .placesTooLong(limit: 16 << 20))
        #expect(try JSONValue(parsing: text, form: .relaxed).object?.members.count == 1)
    }

    @Test func `a step of a pointer escapes what RFC 6901 escapes`() {
        #expect(JSONValue.pointerStep("plain") == "/plain")
        #expect(JSONValue.pointerStep("a/b~c~1") == "/a~1b~0c~01")
    }
}

@Suite struct Objects {
    @Test func `members are found, replaced, added and removed in order`() {
        var object = JSONObject()
        for name in ["m", "a", "z", "mm", "M"] { object[name] = .string(name) }
        #expect(object.members.map(\.name) == ["M", "a", "m", "mm", "z"])
        object["m"] = 7
        object["a"] = nil
        object["absent"] = nil
        #expect(object.members.map(\.name) == ["M", "m", "mm", "z"])
        #expect(object["m"] == 7)
        #expect(object["a"] == nil)
    }

    @Test func `a name that comes twice makes no object`() {
        let member = JSONObject.Member(name: "a", value: 1)
        #expect(JSONObject([member, JSONObject.Member(name: "b", value: 1), member]) == nil)
    }

    @Test func `a value knows its own type and no other`() {
        let values: [JSONValue] = [[:], [], "s", 1, true]
        #expect(values.map { $0.object != nil } == [true, false, false, false, false])
        #expect(values.map { $0.array != nil } == [false, true, false, false, false])
        #expect(values.map { $0.string != nil } == [false, false, true, false, false])
        #expect(values.map { $0.integer != nil } == [false, false, false, true, false])
        #expect(values.map { $0.bool != nil } == [false, false, false, false, true])
        #expect(
            values.map(\.typeName) == [
                "an object", "an array", "a string", "an integer", "a boolean",
            ])
    }
}
