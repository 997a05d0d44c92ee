import CanonicalJSON
import Governance
import Routing
import Testing

@Suite struct CharterTests {
    @Test func `the shipped charter is valid and no demonstration`() throws {
        let charter = try Charter(Samples.shippedCharter())
        #expect(!charter.demo)
        #expect(charter.tenure == Period("14d"))
        #expect(charter.rules(for: .constitutional).voting == Period("14d"))
    }

    @Test func `the demonstration's charter is valid and marked`() throws {
        #expect(try Charter(Charter.demonstration).demo)
    }

    @Test(arguments: [(nil, true), (true, true), (false, false)] as [(Bool?, Bool)])
    func `responses name their vote unless the charter says otherwise`(
        _ given: Bool?, _ expected: Bool
    ) throws {
        var object = try #require(Samples.shippedCharter().object)
        object["citesRoutes"] = given.map { .bool($0) }
        #expect(try Charter(.object(object)).citesRoutes == expected)
    }

    /// The table of reference governance: Q₁/Q₂/Q₃ by N.
    @Test(arguments: [
        (3, 2, 2, 2), (10, 5, 6, 7), (100, 15, 25, 40), (1000, 48, 80, 127),
        (10_000, 150, 250, 400), (100_000, 475, 791, 1265),
    ])
    func `quorums grow with the square root of the electorate`(
        electors: Int, routine: Int, sensitive: Int, constitutional: Int
    ) throws {
        let charter = try Charter(Samples.shippedCharter())
        let quorums = ChangeClass.allCases.map {
            charter.rules(for: $0).yesNeeded(of: electors, in: $0)
        }
        #expect(quorums == [routine, sensitive, constitutional])
    }

    @Test func `a quorum can always be met and is never one where there are two`() throws {
        let charter = try Charter(Samples.shippedCharter())
        for electors in 1...2000 {
            for changeClass in ChangeClass.allCases {
                let quorum = charter.rules(for: changeClass).yesNeeded(
                    of: electors, in: changeClass)
                #expect((min(2, electors)...electors).contains(quorum))
            }
        }
    }

    @Test func `the root is the least number whose square suffices`() throws {
        let multiplier = try #require(Multiplier("5/2"))
        for n in 0...3000 {
            let q = multiplier.timesRoot(of: n)
            #expect(4 * q * q >= 25 * n)
            #expect(q == 0 || 4 * (q - 1) * (q - 1) < 25 * n)
        }
    }

    @Test(arguments: [
        ("14d", 1_209_600_000), ("72h", 259_200_000), ("1h30m", 5_400_000), ("5s", 5000),
        ("0s", 0), ("90d", 7_776_000_000),
    ])
    func `periods are read`(text: String, milliseconds: Int64) {
        #expect(Period(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: ["", "5", "s", "5 s", "91d", "1s1h", "-5s", "5ms", "1.5h", "99999999d", "٣d"])
    func `periods that are none are refused`(text: String) {
        #expect(Period(text) == nil)
    }

    /// Field, value, and what the message must name.
    @Test(
        arguments: [
            (["charter"], 2, "/charter"), (["demo"], "yes", "/demo"),
            (["electorate"], "areas", "/electorate"), (["tenure"], "15", "/tenure"),
            (["classes", "routine", "quorum"], "1.5", "/classes/routine/quorum"),
            (["classes", "routine", "quorum"], "0/2", "/classes/routine/quorum"),
            (["classes", "routine", "margin"], 0, "/classes/routine/margin"),
            (["classes", "sensitive", "voting"], "0s", "/classes/sensitive/voting"),
            (["classes", "sensitive", "surprise"], 1, "/classes/sensitive/surprise"),
            (["classes", "urgent"], [:], "/classes/urgent"),
            (["sponsors", "max"], 0, "/sponsors/max"),
            (["limits", "openVotes"], 0, "/limits/openVotes"),
            (["limits"], 3, "/limits"), (["surprise"], [:], "/surprise"),
            (["emergency", "term"], "367d", "/emergency/term"),
            (["emergency", "share"], "3/2", "/emergency/share"),
            (["keepers", "undoLeast"], 0, "/keepers/undoLeast"),
        ] as [([String], JSONValue, String)])
    func `a wrong field is named`(path: [String], value: JSONValue, pointer: String) {
        let fault = #expect(throws: FormatFault.self) {
            try Charter(Samples.charter(path, value))
        }
        #expect(fault?.pointer == pointer)
    }

    @Test func `a charter that is no demonstration has no periods of seconds`() {
        let fault = #expect(throws: FormatFault.self) {
            try Charter(Samples.charter(["demo"], false))
        }
        #expect(fault?.reason.contains("demo") == true)
    }
}
