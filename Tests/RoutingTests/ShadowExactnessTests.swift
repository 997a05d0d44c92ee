import CanonicalJSON
import Testing

@testable import Routing

/// One step of a small world: what its report says, beside what its tables do.
private struct Step {
    let report: ShadowReport
    let plan: Plan
    let before: RouteTable
    let after: RouteTable
    let requests: [ReadRequest]

    init(_ operations: [JSONValue], on set: inout DocumentSet, number: Int) throws {
        let bundle = try OperationBundle(validating: .array(operations))
        let old = set
        report = try ShadowReport(bundle, on: set)
        plan = try Plan(bundle, on: set)
        try set.apply(bundle, by: Enactment(entry: 20 + number, proposal: number))
        before = RouteTable(compiling: old)
        after = RouteTable(compiling: set)
        requests = ShadowWorld.requests(of: [old, set])
    }

    /// What the report says of requests and the tables do not do, or the other way round.
    var contradictions: [String] {
        requests.compactMap { request in
            let sent = request.sent
            let old = before.matchName(for: sent)
            let new = after.matchName(for: sent)
            let told = report.changes.filter { $0.holds(request) }
            if old?.rule == new?.rule { return told.isEmpty ? nil : "\(sent) stays" }
            let isTold = told.count == 1 && told[0].before == old && told[0].after == new
            return isTold ? nil : "\(sent) is told \(told.count) times"
        }
    }

    /// The examples that do not take the way that they are examples of.
    var wrongExamples: [String] {
        report.changes.compactMap { change in
            guard let request = change.example?.sent else { return "no example: \(change)" }
            let isRight =
                before.matchName(for: request) == change.before
                && after.matchName(for: request) == change.after
            return isRight ? nil : "\(request)"
        }
    }

    /// Exceptions that others hold, or that are of none of their change's requests.
    var idleExcepts: [ShadowReport.Except] {
        report.changes.flatMap { change in
            change.excepts.enumerated().filter { index, except in
                !except.requests.isWithin(change.requests)
                    || change.excepts.indices.contains {
                        $0 != index && except.requests.isWithin(change.excepts[$0].requests)
                    }
            }.map(\.element)
        }
    }
}

@Suite struct ShadowExactness {
    @Test(arguments: 0..<120)
    func `a request changes hands exactly when it is of one change, and of one only`(
        seed: Int
    ) throws {
        var world = ShadowWorld(seed: UInt64(seed))
        var set = DocumentSet()
        for number in 0..<20 {
            let operations = world.operations(on: set)
            let step = try Step(operations, on: &set, number: number)
            #expect(step.contradictions.isEmpty, "seed \(seed) step \(number)")
            #expect(step.wrongExamples.isEmpty, "seed \(seed) step \(number)")
            #expect(step.idleExcepts.isEmpty, "seed \(seed) step \(number)")
            let moves = step.report.changes.map {
                Plan.Move(before: $0.before?.rule ?? "", after: $0.after?.rule ?? "")
            }
            #expect(moves == moves.sorted(), "seed \(seed) step \(number)")
            #expect(Set(moves) == Set(step.plan.moves), "seed \(seed) step \(number)")
        }
    }

    @Test(arguments: 0..<20)
    func `a report does not depend on the order of the operations`(seed: Int) throws {
        var world = ShadowWorld(seed: UInt64(1000 + seed))
        var set = DocumentSet()
        for number in 0..<10 {
            let operations = world.operations(on: set)
            let reversed = try OperationBundle(validating: .array(operations.reversed()))
            let other = try ShadowReport(reversed, on: set)
            let step = try Step(operations, on: &set, number: number)
            #expect(step.report == other, "seed \(seed) step \(number)")
        }
    }
}
