import CanonicalJSON
import Testing

@testable import commonway

@Suite struct ShadowTextTests {
    private static let whole: JSONValue = [
        "host": "a.example.org", "path": ["type": "PathPrefix", "value": "/x"],
    ]

    @Test func `a change is told with what it leaves out and a command to try it`() {
        let report: JSONValue = [
            "changes": [
                [
                    "before": ["rule": "old/#1", "match": 1],
                    "after": ["rule": "new/#1", "match": 2], "requests": Self.whole,
                    "except": [
                        [
                            "match": ["rule": "new/beta", "match": 1],
                            "requests": [
                                "host": "a.example.org", "method": "PUT",
                                "path": ["type": "Exact", "value": "/x/y"],
                                "headers": [["name": "x-edition", "value": "beta"]],
                                "queryParams": [["name": "p", "value": "1"]],
                            ],
                        ]
                    ],
                    "example": [
                        "method": "GET", "url": "http://a.example.org/x/any", "headers": [],
                    ],
                ]
            ]
        ]
        #expect(
            ShadowText.lines(report) == [
                "  any method a.example.org/x[/…]: old/#1 → new/#1 match 2",
                "    except PUT a.example.org/x/y, ?p=1, x-edition: beta: new/beta",
                "    e.g. curl http://a.example.org/x/any",
            ])
    }

    @Test func `what nothing serves is told, on every host and path`() {
        let report: JSONValue = [
            "changes": [
                [
                    "after": ["rule": "new/#1", "match": 1], "except": [],
                    "requests": ["path": ["type": "PathPrefix", "value": "/"]],
                ]
            ]
        ]
        #expect(
            ShadowText.lines(report) == ["  any method any host /…: no rule (404) → new/#1"])
    }

    @Test(arguments: [
        ("GET", "http://a.org/x?p=1", "curl 'http://a.org/x?p=1'"),
        ("PUT", "http://a.org/x", "curl -X PUT http://a.org/x"),
        ("GET", "http://a.org/[x]", "curl -g 'http://a.org/[x]'"),
        ("HEAD", "http://a.org/x", "curl -I http://a.org/x"),
        ("GET", "http://a.org/it's(1)", #"curl 'http://a.org/it'\''s(1)'"#),
    ])
    func `a shell reads the command as the example`(method: String, url: String, command: String) {
        let example: JSONValue = ["method": .string(method), "url": .string(url), "headers": []]
        let change: JSONValue = ["requests": Self.whole, "except": [], "example": example]
        #expect(
            ShadowText.lines(["changes": [change]]).last == "    e.g. \(command)")
    }

    @Test func `headers of an example are quoted, and obey no terminal`() {
        let example: JSONValue = [
            "method": "GET", "url": "http://a.org/",
            "headers": [["name": "x", "value": "it's \u{1B}[31m"]],
        ]
        let change: JSONValue = ["requests": Self.whole, "except": [], "example": example]
        #expect(
            ShadowText.lines(["changes": [change]]).last
                == #"    e.g. curl -H 'x: it'\''s <U+001B>[31m' http://a.org/"#)
    }

    @Test func `a report cut short on the screen says how much is missing`() {
        let except: JSONValue = ["match": ["rule": "r/#1", "match": 1], "requests": Self.whole]
        let change: JSONValue = [
            "requests": Self.whole, "except": .array(Array(repeating: except, count: 12)),
        ]
        let lines = ShadowText.lines(["changes": .array(Array(repeating: change, count: 33))])
        #expect(lines.last == "  and 3 more changes; --json has them all")
        #expect(lines[11] == "    and 2 more exceptions; --json has them all")
    }

    @Test func `beside a proposal less is shown, and of a long line its beginning`() {
        let except: JSONValue = ["match": ["rule": "r/#1", "match": 1], "requests": Self.whole]
        let long = JSONValue.string(String(repeating: "x", count: 2_000))
        let change: JSONValue = [
            "requests": [
                "path": ["type": "PathPrefix", "value": "/"],
                "headers": [["name": "h", "value": long]],
            ],
            "except": .array(Array(repeating: except, count: 12)),
        ]
        let move: JSONValue = ["before": "r/#1", "after": "", "atLeast": 0, "atMost": 7]
        let lines = ProposalReport.lines(of: [
            "shadow": ["changes": .array(Array(repeating: change, count: 33))],
            "traffic": [
                "requests": 7, "decidedEarlier": 0,
                "moves": .array(Array(repeating: move, count: 13)),
            ],
        ])
        #expect(lines.count == 1 + 10 * 5 + 1 + 10 + 1)
        #expect(lines.map(\.count).max() == 300)
        #expect(lines[1].hasSuffix("xxx…"))
        #expect(lines[5] == "    and 9 more exceptions; commonway plan --json has them all")
        #expect(lines[51] == "  and 23 more changes; commonway plan --json has them all")
        #expect(lines.last == "  and 3 more pairs of rules")
        #expect(ProposalReport.lines(of: ["shadow": ["changes": []]]).isEmpty)
    }

    @Test func `a report that the council refused says why`() {
        #expect(
            ShadowText.lines(["refusal": "too many"]) == [
                "  which requests they are is not told: too many"
            ])
    }
}
