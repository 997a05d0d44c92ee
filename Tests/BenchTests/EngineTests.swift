import TestKit
import Testing

@testable import Bench

/// The load against its own backend, over real sockets.
@Suite struct `Load engine` {
    private let engine: Engine

    init() throws { engine = try Engine() }

    private func plan(_ connections: Int, path: String = "/page") -> CrowdPlan {
        .requests(to: engine.port, connections: connections, RequestTexts(path: path))
    }

    @Test func `a crowd is open when each of its connections has had an answer`() throws {
        let report = try engine.open(plan(100)).look()
        #expect(report.open == 100)
        #expect(report.answered == 100)
    }

    @Test func `once is one answer for each connection`() throws {
        let crowd = try engine.open(plan(10))
        try crowd.go(.once)
        let report = try crowd.settle()
        #expect(report.answered == 10)
        #expect(report.failed == 0)
        #expect(report.latencies.count == 10)
    }

    @Test func `requests that are sent once are sent once, whoever is free`() async throws {
        var plan = plan(4)
        plan.texts = RequestTexts((0..<50).map { _ in RequestTexts(path: "/page").octets })
        plan.repeats = false
        let crowd = try engine.open(plan)
        try crowd.go(.saturating)
        let report = try await Eventually.value(within: .seconds(60)) {
            try crowd.look().answered == 46 ? crowd.settle() : nil
        }
        #expect(try #require(report).failed == 0)
        #expect(try crowd.look().answered == 46)
    }

    @Test func `a large body comes whole`() throws {
        let crowd = try engine.open(plan(2, path: "/octets/3000000"))
        try crowd.go(.once)
        let report = try crowd.settle()
        #expect(report.answered == 2)
        #expect(report.octets > 6_000_000)
    }

    @Test func `tunnels echo, and more can be added while others are kept`() throws {
        let crowd = try engine.open(.webSockets(to: engine.port, connections: 3))
        #expect(try crowd.add(2).open == 5)
        try crowd.go(.once)
        let report = try crowd.settle()
        #expect(report.answered == 5)
        #expect(report.octets == 5 * RequestTexts.frame.count)
    }

    @Test(arguments: [Pace.rate(2_000), .saturating])
    func `a load goes on by itself and fails nothing`(pace: Pace) async throws {
        let crowd = try engine.open(plan(8))
        try crowd.go(pace)
        let report = try await Eventually.value(within: .seconds(60)) {
            try crowd.look().answered >= 200 ? crowd.settle() : nil
        }
        #expect(try #require(report).failed == 0)
    }

    @Test func `two crowds keep their own figures, and closing one leaves the other`() throws {
        let (first, second) = (try engine.open(plan(2)), try engine.open(plan(3)))
        try first.close()
        try second.go(.once)
        #expect(try second.settle().answered == 3)
    }

    @Test func `nobody there is a fault that says where`() throws {
        let port = try Door.freePort()
        #expect(throws: BenchFault.self) {
            try engine.open(.requests(to: port, connections: 2, RequestTexts(path: "/page")))
        }
    }

    @Test func `an answer that opens no tunnel is a fault`() throws {
        // The path alone does not make an upgrade: the backend answers with a body.
        var plan = CrowdPlan.webSockets(to: engine.port, connections: 1)
        plan.texts = RequestTexts(path: "/page")
        #expect(throws: BenchFault.self) { try engine.open(plan) }
    }
}
