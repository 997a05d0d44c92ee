import Testing

@testable import Bench

@Suite struct `Hostile bundles` {
    @Test(arguments: HostileBundle.allCases)
    func `are ten legal documents that fit a statement`(hostile: HostileBundle) throws {
        let documents = hostile.documents(octetsMax: 47 << 10)
        #expect(documents.count == 10)
        _ = try PlanTimes(of: documents, on: RouteValues.documents([]), turns: 0)
    }

    @Test func `a plan's times are one for each turn, shown and not`() throws {
        let change = RouteValues.route("new", hosts: [], matches: [RouteValues.match("/")])
        let times = try PlanTimes(
            of: [change], on: RouteValues.documents(RouteValues.apart(20)), turns: 2)
        #expect(times.plan.count == 2)
        #expect(times.shown.count == 2)
        #expect(times.outcome.hasPrefix("1 moves, "), "\(times.outcome)")
    }

    @Test func `are nothing where not even one match of each route fits`() {
        #expect(HostileBundle.deep.documents(octetsMax: 100).isEmpty)
    }
}
