import CanonicalJSON
import Documents
import Testing

@Suite struct YAMLTexts {
    private func parse(_ yaml: String) throws -> [LocatedDocument] {
        try Documents.parse(Array(yaml.utf8), format: .yaml, name: "f.yaml")
    }

    @Test(arguments: [
        ("1", JSONValue.integer(1)), ("-7", -7), ("0", 0),
        ("9007199254740991", 9_007_199_254_740_991),
        ("true", true), ("false", false), ("yes", "yes"), ("no", "no"), ("on", "on"),
        ("off", "off"),
        ("y", "y"), ("'1'", "1"), ("\"true\"", "true"), ("'null'", "null"), ("''", ""),
        ("!!str 1", "1"), ("!!str", ""), ("10s", "10s"), ("1:30", "1:30"), ("1.2.3", "1.2.3"),
        ("127.0.0.1", "127.0.0.1"),
        ("a_b", "a_b"), ("_1", "_1"), ("0x", "0x"), ("0xg", "0xg"), ("e3", "e3"), ("--1", "--1"),
        ("1-2", "1-2"),
        ("2001-12", "2001-12"), ("2001-12-14x", "2001-12-14x"), ("é", "é"),
        ("'2001-12-14'", "2001-12-14"),
        ("|\n two\n lines", "two\nlines"), (">\n two\n lines", "two lines"),
        ("\"\\u00e9\\n\"", "é\n"),
    ])
    func `a scalar is what it looks like`(text: String, value: JSONValue) throws {
        #expect(try parse("a: \(text)").first?.value["a"] == value)
    }

    @Test func `collections nest in both styles`() throws {
        let yaml = """
            a:
              - 1
              - {b: [x, y]}
            !!str c: !!map {}
            d: !!seq []
            1: one
            true: yes
            """
        let expected: JSONValue = [
            "a": [1, ["b": ["x", "y"]]], "c": [:], "d": [], "1": "one", "true": "yes",
        ]
        #expect(try parse(yaml).map(\.value) == [expected])
    }

    @Test func `a file holds several documents, and empty ones are left out`() throws {
        let documents = try parse(
            "# nothing\n---\na: 1\n---\n---\n# still nothing\n---\nb: 2\n...\n")
        #expect(documents.map(\.value) == [["a": 1], ["b": 2]])
        #expect(documents.map(\.number) == [1, 4])
        #expect(try parse("").isEmpty)
        #expect(try parse("# only words\n").isEmpty)
    }

    @Test func `every value has its line and column`() throws {
        let yaml = """
            kind: HTTPRoute
            rules:
              - name: é
                matches: [{path: {value: /a}}, {method: GET}]
            ---
            "a/b~c": [x]
            """
        let documents = try parse(yaml)
        let places = documents[0].places.mapValues { [$0.line, $0.column] }
        #expect(
            places == [
                "": [1, 1], "/kind": [1, 7], "/rules": [3, 3], "/rules/0": [3, 5],
                "/rules/0/name": [3, 11], "/rules/0/matches": [4, 14],
                "/rules/0/matches/0": [4, 15], "/rules/0/matches/0/path": [4, 22],
                "/rules/0/matches/0/path/value": [4, 30], "/rules/0/matches/1": [4, 36],
                "/rules/0/matches/1/method": [4, 45],
            ])
        #expect(documents[1].place(of: "/a~1b~0c/0") == Place(line: 6, column: 11))
    }

    @Test func `a field that is missing has the place of what it is missing from`() throws {
        let documents = try parse("a: 1\nb:\n  c: 2\n")
        #expect(documents[0].place(of: "/b/d/e") == Place(line: 3, column: 3))
        #expect(documents[0].place(of: "/x") == Place(line: 1, column: 1))
        #expect(
            documents[0].message(pointer: "/b/c", reason: "too small")
                == "f.yaml:3:6: /b/c: too small")
        #expect(
            documents[0].message(pointer: "", reason: "no kind")
                == "f.yaml:1:1: document 1: no kind")
    }

    @Test func `line ends and a byte order mark make no difference`() throws {
        let expected: JSONValue = ["a": 1, "b": ["c"]]
        #expect(try parse("a: 1\r\nb:\r\n  - c\r\n").map(\.value) == [expected])
        #expect(try parse("\u{FEFF}a: 1\nb: [c]").map(\.value) == [expected])
    }
}
