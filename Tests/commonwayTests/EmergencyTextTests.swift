import CanonicalJSON
import Governance
import Testing

@testable import commonway

@Suite struct EmergencyTextTests {
    private func text(_ standing: JSONValue?, together: Int64 = 2) throws -> String {
        EmergencyText(
            effect: ["HTTPRoute/library gets 503"], standing: standing, together: together, left: 2,
            rules: try Charter(Charter.demonstration).emergency, now: 1_700_000_000_000
        ).lines.joined(separator: "\n")
    }

    @Test func `one signature of two ends by itself, and says what a second would do`() throws {
        #expect(
            try text(nil) == """
                HTTPRoute/library gets 503
                  until 2023-11-14 22:13:30Z (10 s); then it ends by itself
                  when 1 more steward signs before that: it stays until a routine vote, opened at \
                once, has decided
                    carried: it lasts 1 h more
                    not carried: it ends, and who signed is no steward for 1 h
                  you can sign 2 of 2 in 1 min; this is one of them
                """)
    }

    @Test func `the last signature needed says that a vote follows`() throws {
        let standing: JSONValue = ["by": [3], "index": 41, "until": 1_700_000_005_000]
        let shown = try text(standing)
        #expect(shown.contains("with your signature: it stays until a routine vote"))
        #expect(!shown.contains("ends by itself"))
    }

    @Test func `one in between names who signed, and the end that was set`() throws {
        let standing: JSONValue = ["by": [3], "index": 41, "until": 1_700_000_005_000]
        let shown = try text(standing, together: 4)
        #expect(shown.contains("up by entry 41, signed by member 3"))
        #expect(shown.contains("until 2023-11-14 22:13:25Z (5 s)"))
        #expect(shown.contains("when 2 more stewards sign before that"))
    }

    @Test func `where one is enough, one signature leads to a vote`() throws {
        #expect(try text(nil, together: 1).contains("with your signature: it stays until"))
    }
}

@Suite struct OverlayTextTests {
    private static let answer: JSONValue = [
        "past": [], "undoing": [], "undone": [],
        "refusals": [["index": 9, "name": "network/192.0.2.0/24", "reason": "court\u{1B}order"]],
        "stewards": [
            "elected": [2], "members": [["left": 1, "member": 1], ["left": 2, "member": 2]],
            "suspended": [["member": 4, "until": 1_700_000_060_000]], "together": 2,
            "until": 1_700_003_600_000,
        ],
        "up": [
            [
                "by": [2], "index": 41, "kind": "disable", "name": "HTTPRoute/library",
                "until": 1_700_000_005_000,
            ],
            [
                "by": [1, 2], "digest": "abcdef0123456789", "index": 42, "kind": "restore",
                "name": "HTTPRoute/shelf", "proposal": 7,
            ],
            [
                "by": [3], "endpoints": [["address": "fd00::7", "port": 80, "weight": 2]],
                "index": 43, "kind": "endpoints", "name": "Backend/catalogue",
            ],
        ],
    ]
    private let text = OverlayText(list: OverlayList(value: answer), now: 1_700_000_000_000)

    @Test func `each line says what, until when, by whom and which entry`() {
        #expect(
            text.standing == [
                "HTTPRoute/library is disabled until 2023-11-14 22:13:25Z (5 s left), by member 2, "
                    + "entry 41",
                "HTTPRoute/shelf is restored to abcdef012345 until proposal 7 is decided, by "
                    + "member 1 and member 2, entry 42",
                "Backend/catalogue has endpoints [fd00::7]:80=2 until somebody changes it, by "
                    + "member 3, entry 43",
                "network/192.0.2.0/24 is refused by the operator (entry 9): court<U+001B>order",
            ])
    }

    @Test func `stewards are told with what they may still sign, and whence they are`() {
        #expect(
            text.stewardLines == [
                "member 1, can sign 1 more", "member 2, can sign 2 more",
                "elected until 2023-11-14 23:13:20Z (1 h left); founders besides, since fewer than "
                    + "two of the elected are members",
                "2 together let an emergency last until a vote has decided",
                "member 4 lost the power until 2023-11-14 22:14:20Z (1 min left)",
            ])
    }

    @Test func `a column says what has an effect, in the order of the table digest`() {
        #expect(text.short("HTTPRoute/x", effect: nil) == "as ratified")
        #expect(
            text.short("HTTPRoute/library", effect: "refused,disabled")
                == "refused by the operator, disabled until 2023-11-14 22:13:25Z (5 s left)")
        #expect(
            text.short("Backend/catalogue", effect: "endpoints:00ff") == "moved by member 3")
    }
}
