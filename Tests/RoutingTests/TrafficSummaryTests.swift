import CanonicalJSON
import Routing
import Testing

/// The beginnings of summaries, one without names and one with a name of each kind.
private let nameless =
    #"{"verified":false,"tables":[],"rules":[],"hosts":[],"methods":[],"hours":"#
private let named =
    #"{"verified":false,"tables":[""],"rules":[""],"hosts":[""],"methods":["GET"],"#
    + #""hours":[{"hour":1,"counts":"#

/// What is kept of traffic, and within which bounds.
@Suite struct `Traffic summary` {
    private func kind(
        _ rule: String = "all/#1", host: String = "a.example.org", method: String = "GET",
        table: String = "0123456789abcdef"
    ) -> TrafficKind {
        TrafficKind(table: table, rule: rule, host: host, method: method, status: .successful)
    }

    /// One that has been given more of everything than it keeps.
    private func flooded() -> TrafficSummary {
        var summary = TrafficSummary()
        for number in 0..<6_000 {
            let hour = Int64(number / 40)
            summary.add(1, of: kind("r\(number % 7)/#1", host: "h\(number).test"), in: hour)
            summary.add(1, of: kind("r\(number)/#1", host: "a.test"), in: hour / 50)
        }
        return summary
    }

    @Test func `equal kinds of one hour are counted together`() {
        var summary = TrafficSummary()
        summary.add(2, of: kind(), in: 5)
        summary.add(3, of: kind(), in: 5)
        summary.add(4, of: kind(), in: 6)
        summary.add(0, of: kind("b/#1"), in: 6)
        #expect(summary.counts(in: 5) == [kind(): 5])
        #expect(summary.counts == [kind(): 9])
        #expect(summary.total == 9)
    }

    @Test func `a flood of one rule's hosts leaves other rules their hosts`() {
        var summary = TrafficSummary()
        for number in 0..<100_000 { summary.add(1, of: kind("", host: "\(number)"), in: 1) }
        summary.add(7, of: kind("beta/all"), in: 1)
        let counts = summary.counts(in: 1)
        #expect(counts.count == 256 + 1 + 1)
        #expect(counts[kind("", host: "")] == 99_744)
        #expect(counts[kind("beta/all")] == 7)
        #expect(summary.total == 100_007)
    }

    @Test func `more rules than there is room for are counted as others`() {
        var summary = TrafficSummary()
        for number in 0..<5_000 { summary.add(1, of: kind("r\(number)/#1", host: ""), in: 1) }
        let other = TrafficKind(
            table: "", rule: TrafficKind.otherRule, host: "", method: "GET", status: .successful)
        #expect(summary.counts(in: 1).count == 1_024 + 1)
        #expect(summary.counts(in: 1)[other] == 3_976)
    }

    @Test func `nothing is lost to a bound`() {
        let summary = flooded()
        #expect(summary.total == 12_000)
        #expect(Set(summary.counts.keys.map(\.host)).count <= TrafficSummary.hostsMax + 1)
        #expect(Set(summary.counts.keys.map(\.rule)).count <= TrafficSummary.rulesMax + 2)
    }

    @Test func `seven days are kept, and none after the present hour`() {
        var summary = TrafficSummary()
        for hour in 0..<Int64(300) { summary.add(1, of: kind(), in: hour) }
        #expect(summary.hoursCounted == Array(132..<300))
        summary.add(1, of: kind(), in: 131)
        #expect(summary.total == 168)
        summary.keepWeek(endingWith: 200)
        #expect(summary.hoursCounted == Array(132...200))
        summary.keepWeek(endingWith: 300)
        #expect(summary.hoursCounted == Array(133...200))
        summary.keepWeek(endingWith: 1_000)
        #expect(summary.isEmpty)
    }

    @Test func `merging adds up, in whatever order`() {
        var first = TrafficSummary()
        first.add(2, of: kind(), in: 5)
        var second = TrafficSummary()
        second.add(3, of: kind(), in: 5)
        second.add(1, of: kind(host: "b"), in: 7)
        var one = first
        one.merge(second)
        second.merge(first)
        #expect(one == second)
        #expect(one.counts(in: 5) == [kind(): 5])
    }

    @Test func `counts stop where JSON's integers end`() {
        var summary = TrafficSummary()
        summary.add(.max, of: kind(), in: 1)
        summary.add(.max, of: kind(), in: 1)
        #expect(summary.counts(in: 1) == [kind(): JSONValue.integerRange.upperBound])
    }

    @Test func `what is written is read back, and says that nobody verified it`() throws {
        let summary = flooded()
        let octets = summary.value.canonicalOctets
        #expect(octets.count < TrafficSummary.limits.octetsMax)
        let value = try JSONValue(
            parsing: octets, form: .canonical, limits: TrafficSummary.limits)
        #expect(value["verified"] == false)
        let read = try TrafficSummary(value)
        #expect(read.value == value)
        #expect(read.counts == summary.counts)
    }

    @Test func `names stand once, and lines lead to them`() {
        var summary = TrafficSummary()
        summary.add(2, of: kind(), in: 5)
        summary.add(3, of: kind("b/#1"), in: 5)
        #expect(
            summary.value.canonicalText == #"{"hosts":["a.example.org"],"hours":[{"counts":"#
                + #"[[0,0,0,0,2,2],[0,1,0,0,2,3]],"hour":5}],"methods":["GET"],"#
                + #""rules":["all/#1","b/#1"],"tables":["0123456789abcdef"],"verified":false}"#)
    }

    @Test(arguments: [
        (#"[]"#, ""), (#"{"verified":true}"#, "/verified"),
        (#"{"verified":false}"#, "/tables"),
        (#"{"verified":false,"tables":["x"]}"#, "/tables"),
        (#"{"verified":false,"tables":[],"rules":["two words/"]}"#, "/rules"),
        (#"{"verified":false,"tables":[],"rules":[],"hosts":["A"]}"#, "/hosts"),
        (#"{"verified":false,"tables":[],"rules":[],"hosts":[],"methods":["BREW"]}"#, "/methods"),
        (nameless + #"[7]}"#, "/hours/0"),
        (nameless + #"[{"hour":-1}]}"#, "/hours/0/hour"),
        (nameless + #"[],"paths":[]}"#, "/paths"),
        (named + #"[[0,0,0,0,2,1],[0,0,1,0,2,1]]}]}"#, "/hours/0/counts/1"),
        (named + #"[[0,0,0,0,6,1]]}]}"#, "/hours/0/counts/0"),
        (named + #"[[0,0,0,0,2,0]]}]}"#, "/hours/0/counts/0"),
        (named + #"[[0,0,0,0,2]]}]}"#, "/hours/0/counts/0"),
    ])
    func `what no summary has is refused, with its place`(_ text: String, _ place: String) throws {
        let value = try JSONValue(parsing: text.utf8, form: .relaxed)
        let fault = try #require(throws: FormatFault.self) { _ = try TrafficSummary(value) }
        #expect(fault.pointer == place)
    }
}
