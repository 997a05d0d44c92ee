import CanonicalJSON
import Documents
import Testing

/// YAML that is refused: where, and what the message says.
struct RefusedYAML: Sendable, CustomTestStringConvertible {
    let yaml: String
    let place: Place
    let reason: String

    init(_ yaml: String, _ line: Int, _ column: Int, _ reason: String) {
        self.yaml = yaml
        place = Place(line: line, column: column)
        self.reason = reason
    }

    var testDescription: String { yaml.debugDescription }

    static let scalars: [RefusedYAML] = [
        .init("a: null", 1, 4, "null is not used"),
        .init("a: ~", 1, 4, "null is not used"),
        .init("a: NULL", 1, 4, "null is not used"),
        .init("a:", 1, 3, "null is not used"),
        .init("x: 1\na:\nb: 2", 2, 3, "null is not used"),
        .init("a: [1, ]\nb: [~]", 2, 5, "null is not used"),
        .init("a: 1.5", 1, 4, "1.5 is no plain integer"),
        .init("a: -.5", 1, 4, "-.5 is no plain integer"),
        .init("a: 1.", 1, 4, "1. is no plain integer"),
        .init("a: 1e3", 1, 4, "1e3 is no plain integer"),
        .init("a: 1.5E-3", 1, 4, "1.5E-3 is no plain integer"),
        .init("a: .inf", 1, 4, ".inf is no plain integer"),
        .init("a: -.Inf", 1, 4, "-.Inf is no plain integer"),
        .init("a: .NaN", 1, 4, ".NaN is no plain integer"),
        .init("a: 0x1F", 1, 4, "0x1F is no plain integer"),
        .init("a: 0o17", 1, 4, "0o17 is no plain integer"),
        .init("a: 0b11", 1, 4, "0b11 is no plain integer"),
        .init("a: 017", 1, 4, "017 is no plain integer"),
        .init("a: -0", 1, 4, "-0 is no plain integer"),
        .init("a: +1", 1, 4, "+1 is no plain integer"),
        .init("a: 1_000", 1, 4, "1_000 is no plain integer"),
        .init("a: 9007199254740992", 1, 4, "9007199254740992 is no plain integer"),
        .init("a: 99999999999999999999", 1, 4, "99999999999999999999 is no plain integer"),
        .init("a: 2001-12-14", 1, 4, "2001-12-14 is a date to some readers"),
        .init(
            "a: 2001-12-14t21:59:43.10-05:00", 1, 4,
            "2001-12-14t21:59:43.10-05:00 is a date to some readers"),
        .init("a: True", 1, 4, "True is a boolean to some readers"),
        .init("a: FALSE", 1, 4, "FALSE is a boolean to some readers"),
        .init("a: !!binary aGVsbG8=", 1, 4, "the tag tag:yaml.org,2002:binary"),
        .init("a: !!float 1", 1, 4, "the tag tag:yaml.org,2002:float"),
        .init("a: !!null ''", 1, 4, "the tag tag:yaml.org,2002:null"),
        .init("a: !own x", 1, 4, "the tag !own"),
        .init("a: !own [x]", 1, 4, "a tag of one's own"),
        .init("a: !!set {x: 1}", 1, 4, "a tag of one's own"),
    ]

    static let structure: [RefusedYAML] = [
        .init("a: 1\nb: 2\na: 3", 1, 1, "a second a"),
        .init("a: {x: 1, x: 2}", 1, 5, "a second x"),
        .init("a: 1\n\"a\": 2", 1, 1, "a second a"),
        .init("é: 1", 1, 1, "the key \"é\""),
        .init("\"a\\tb\": 1", 1, 1, "the key \"a\\tb\""),
        .init("[a]: 1", 1, 1, "a key that is no text"),
        .init("{a: 1}: 1", 1, 1, "a key that is no text"),
        .init("!own a: 1", 1, 1, "a key with a tag"),
        .init("<<: {a: 1}", 1, 1, "a merge key"),
        .init("a: &x 1\nb: *x", 2, 4, "an alias"),
        .init("a: *x", 1, 4, "found undefined alias"),
        .init("a: [1", 2, 1, "did not find expected"),
        .init("a: \"x", 1, 6, "while scanning a quoted scalar"),
        .init("a: 1\n b: 2", 2, 3, "mapping values are not allowed"),
        .init("a:\n\t- 1", 2, 1, "cannot start any token"),
        .init("a: @x", 1, 4, "cannot start any token"),
        .init("a: 1\u{1}", 1, 5, "control characters are not allowed"),
    ]
}

@Suite struct RefusedYAMLTexts {
    private func refusal(_ yaml: String) -> DocumentsFault? {
        do {
            _ = try Documents.parse(Array(yaml.utf8), format: .yaml, name: "f.yaml")
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: RefusedYAML.scalars)
    func `a scalar that readers take in different ways is refused with its place`(
        example: RefusedYAML
    ) throws {
        let fault = try #require(refusal(example.yaml))
        #expect(fault.place == example.place)
        #expect(fault.reason == example.reason)
        #expect(fault.document == 1)
    }

    @Test(arguments: RefusedYAML.structure)
    func `what JSON cannot say, or what is no YAML, is refused with its place`(
        example: RefusedYAML
    ) throws {
        let fault = try #require(refusal(example.yaml))
        #expect(fault.place == example.place)
        #expect(fault.reason.contains(example.reason), "\(fault.reason)")
    }

    @Test func `a fault in a later document says which, and counts lines through the file`() throws
    {
        let fault = try #require(refusal("a: 1\n---\nb: 2\n---\nc: ~\n"))
        #expect(fault.document == 3)
        #expect(
            fault.description
                == """
                f.yaml:5:4: document 3: null is not used; expected a value, or the field left \
                out
                """
        )
    }

    @Test func `octets that are no UTF-8 are refused where they stand`() throws {
        let octets = Array("a: 1\nbé: ".utf8) + [0xFF] + Array(" x".utf8)
        let fault = #expect(throws: DocumentsFault.self) {
            try Documents.parse(octets, format: .yaml, name: "f.yaml")
        }
        #expect(fault?.place == Place(line: 2, column: 5))
        #expect(fault?.reason == "octets that are no UTF-8")
    }

    @Test func `depth is bounded`() throws {
        let deep = { (depth: Int) in
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(refusal(deep(32)) == nil)
        let fault = try #require(refusal(deep(33)))
        #expect(fault.reason == "nested deeper than 32")
        #expect(fault.place == Place(line: 1, column: 33))
        #expect(refusal(deep(100_000)) != nil)
        #expect(refusal(String(repeating: "- ", count: 100_000)) != nil)
    }

    @Test func `size and number of documents are bounded`() throws {
        let large = String(repeating: "#", count: Documents.octetsMax)
        #expect(refusal(large) == nil)
        #expect(refusal(large + "#")?.reason == "a file of 1048577 octets")
        let many = { (count: Int) in String(repeating: "---\na: 1\n", count: count) }
        #expect(refusal(many(64)) == nil)
        let fault = try #require(refusal(many(65)))
        #expect(fault.reason == "more documents")
        #expect(fault.document == 65)
    }

    @Test func `a long key over many values is refused`() {
        let key = "? " + String(repeating: "n", count: 20_000)
        let yaml = key + "\n: [" + String(repeating: "1,", count: 1000) + "]"
        let reason = "names so long that all fields' paths take too much"
        #expect(refusal(yaml)?.reason == reason)
    }

    @Test func `too many values are refused`() {
        let yaml = "a: [" + String(repeating: "1,", count: 100_001) + "]"
        #expect(refusal(yaml)?.reason == "more than 100000 values")
    }
}

@Suite struct HostileYAML {
    /// Nine lists of nine references each, level over level.
    private static func bomb(levels: Int, last: String) -> String {
        var text = "l0: &l0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1...levels {
            let items = Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ",")
            text += "l\(level): &l\(level) [\(items)]\n"
        }
        return text + last
    }

    private func isRefused(_ yaml: String) -> Bool {
        let result = Result {
            try Documents.parse(Array(yaml.utf8), format: .yaml, name: "bomb.yaml")
        }
        return (try? result.get()) == nil
    }

    @Test(.timeLimit(.minutes(1)))
    func `an alias bomb is refused at once, as a value and as a key`() {
        #expect(isRefused(Self.bomb(levels: 30, last: "end: *l30")))
        #expect(isRefused(Self.bomb(levels: 30, last: "? *l30\n: 1")))
        #expect(isRefused(Self.bomb(levels: 30, last: "{*l30 : 1}")))
        #expect(isRefused(Self.bomb(levels: 30, last: "\"k\": {? [*l30]: 1}")))
    }

    @Test(.timeLimit(.minutes(1)))
    func `an alias bomb of a mebibyte is refused at once`() {
        let filler = String(repeating: "# filler filler filler filler\n", count: 34_000)
        #expect(isRefused(filler + Self.bomb(levels: 12, last: "end: *l12")))
    }

    @Test(.timeLimit(.minutes(1)))
    func `large keys within keys are refused at once`() {
        let inner = String(repeating: "a,", count: 50_000)
        let nested = String(repeating: "? ", count: 400) + "[\(inner)]"
        #expect(isRefused(nested))
        #expect(isRefused(String(repeating: "{? ", count: 400) + "[\(inner)]"))
    }

    @Test func `an asterisk or ampersand in a text is no alias`() throws {
        let yaml = """
            # R&D and *more*
            hosts: ["*.example.org", '*.b.org']
            query: a=1&b=2
            text: "x & y * z"
            """
        let documents = try Documents.parse(Array(yaml.utf8), format: .yaml, name: "f.yaml")
        #expect(documents.first?.value["hosts"] == ["*.example.org", "*.b.org"])
        #expect(documents.first?.value["query"] == "a=1&b=2")
    }
}
