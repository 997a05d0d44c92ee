import Governance
import Routing
import Testing

@Suite struct TallyTests {
    /// Every tally for N ≤ 60 of every class of the shipped charter.
    private func everyTally(
        _ check: (Charter, Int, Tally, [ChangeClass: Governance.Outcome]) -> Void
    ) throws {
        let charter = try Charter(Samples.shippedCharter())
        for electors in 1...60 {
            for yes in 0...electors {
                for no in 0...(electors - yes) {
                    let tally = Tally(yes: yes, no: no)
                    check(charter, electors, tally, outcomes(of: tally, electors, charter))
                }
            }
        }
    }

    private func outcomes(
        of tally: Tally, _ electors: Int, _ charter: Charter
    ) -> [ChangeClass: Governance.Outcome] {
        var outcomes: [ChangeClass: Governance.Outcome] = [:]
        for changeClass in ChangeClass.allCases {
            let rules = charter.rules(for: changeClass)
            outcomes[changeClass] = ClassRules.outcome(
                of: tally, quorum: rules.yesNeeded(of: electors, in: changeClass),
                margin: rules.margin)
        }
        return outcomes
    }

    @Test func `an extra yes never hurts and an extra no never helps`() throws {
        try everyTally { charter, electors, tally, before in
            guard tally.yes + tally.no < electors else { return }
            let moreYes = Tally(yes: tally.yes + 1, no: tally.no)
            let moreNo = Tally(yes: tally.yes, no: tally.no + 1)
            let withYes = outcomes(of: moreYes, electors, charter)
            let withNo = outcomes(of: moreNo, electors, charter)
            for changeClass in ChangeClass.allCases {
                if before[changeClass] == .passed { #expect(withYes[changeClass] == .passed) }
                if before[changeClass] != .passed { #expect(withNo[changeClass] != .passed) }
            }
        }
    }

    @Test func `what carries as a higher class carries as a lower one`() throws {
        try everyTally { _, _, _, outcomes in
            if outcomes[.constitutional] == .passed { #expect(outcomes[.sensitive] == .passed) }
            if outcomes[.sensitive] == .passed { #expect(outcomes[.routine] == .passed) }
        }
    }

    @Test func `ties and silence fail`() throws {
        try everyTally { _, _, tally, outcomes in
            guard tally.yes <= tally.no else { return }
            #expect(!outcomes.values.contains(.passed))
        }
    }

    @Test func `abstentions decide nothing`() {
        for abstain in [0, 1, 1_000_000] {
            let tally = Tally(yes: 3, no: 1, abstain: abstain)
            #expect(ClassRules.outcome(of: tally, quorum: 3, margin: 3) == .passed)
            #expect(ClassRules.outcome(of: tally, quorum: 4, margin: 1) == .noQuorum)
        }
    }
}
