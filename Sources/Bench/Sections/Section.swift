/// The parts of a run, in their order.
enum Section: String, CaseIterable {
    case requests
    case logged
    case routes
    case bodies
    case idle
    case swaps
    case websocket
    case allocations
    case plans
    case compilation
    case log
    case statements
    case community
    case followers

    /// Measures it.
    ///
    /// - Parameter tell: Gets what was found, as it is found.
    /// - Throws: ``BenchFault`` when something did not run.
    func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        switch self {
        case .requests: try RequestCost.run(stage, isLogged: false, tell)
        case .logged: try RequestCost.run(stage, isLogged: true, tell)
        case .routes: try TableSize.run(stage, tell)
        case .bodies: try LargeBodies.run(stage, tell)
        case .idle: try IdleConnections.run(stage, tell)
        case .swaps: try TableSwaps.run(stage, tell)
        case .websocket: try EchoedMessages.run(stage, tell)
        case .allocations: try HeapAllocations.run(stage, tell)
        case .plans: try PlanCost.run(tell)
        case .compilation: try CompilationCost.run(tell)
        case .log: try LogCost.run(stage, tell)
        case .statements: try DurableStatements.run(stage, tell)
        case .community: try LargeCommunity.run(stage, tell)
        case .followers: try Followers.run(stage, tell)
        }
    }
}
