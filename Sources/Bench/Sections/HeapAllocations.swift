import Foundation

/// How often the running gateway's loop asks the allocator while it forwards requests: counted by
/// hooks that are loaded before the C library, so that the product knows nothing of them.
enum HeapAllocations {
    private static let requestsMin = 100_000
    private static let warmUpSeconds = 2.0
    private static let lookSeconds = 0.02
    private static let countingSecondsMax = 60.0
    /// How the gateway names the threads of its loops.
    private static let loopThread = "gw-loop-"

    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        let place = try stage.subfolder("gateway-allocations")
        let hooks = try AllocationHooks(
            source: "\(stage.options.templates)/allocations.c", core: stage.cores.load,
            folder: place)
        let log = try ForgedLog(
            routes: Stage.routes, backendPort: stage.engine.port, folder: place)
        let gateway = try stage.gateway(
            "commonway", log, folder: place, isLogged: stage.canLog,
            environment: hooks.environment)
        defer { gateway.end() }
        let crowd = try stage.engine.open(
            .requests(
                to: gateway.port, connections: RequestCost.connections,
                RequestTexts(path: Contender.path)))
        try crowd.go(.saturating)
        Thread.sleep(forTimeInterval: warmUpSeconds)
        try crowd.go(.saturating)
        let before = try hooks.counts()
        let requests = try count(crowd)
        let after = try hooks.counts()
        let settled = try crowd.settle()
        guard settled.failed == 0 else {
            throw .answer(
                name: gateway.name, found: settled.firstFailure, expected: "no failure")
        }
        let names = try hooks.threadNames(of: gateway.id)
        guard after.keys.contains(where: { names[$0]?.hasPrefix(loopThread) == true }) else {
            throw .answer(
                name: gateway.name, found: "threads \(names.values.sorted())",
                expected: "one named \(loopThread)… that has allocated at its start")
        }
        try crowd.close()
        tell(finding(before, after, names, requests: requests, isLogged: stage.canLog))
    }

    /// Waits until enough requests were answered, and says how many.
    private static func count(_ crowd: CrowdHandle) throws(BenchFault) -> Int {
        let limit = Date(timeIntervalSinceNow: countingSecondsMax)
        while true {
            let answered = try crowd.look().answered
            if answered >= requestsMin || Date() > limit { return answered }
            Thread.sleep(forTimeInterval: lookSeconds)
        }
    }

    private static func finding(
        _ before: [Int32: UInt64], _ after: [Int32: UInt64], _ names: [Int32: String],
        requests: Int, isLogged: Bool
    ) -> Finding {
        var (ofLoops, ofOthers): (UInt64, UInt64) = (0, 0)
        for (thread, total) in after {
            let grown = total - min(total, before[thread] ?? 0)
            if names[thread]?.hasPrefix(loopThread) == true {
                ofLoops += grown
            } else {
                ofOthers += grown
            }
        }
        let each = Double(ofLoops) / Double(max(1, requests))
        let words =
            "heap allocations of the gateway's loop: \(ofLoops) in \(requests) requests, "
            + String(format: "%.4f", each) + " a request, access log "
            + (isLogged ? "on" : "off") + " (goal: 0; \(ofLoops == 0 ? "reached" : "missed"))\n"
            + "  the threads beside it, which follow the log, made \(ofOthers) meanwhile"
        return Finding(
            words, [Figure("allocations.per_request", ours: each, peer: "goal", value: 0)])
    }
}
