import Dispatch
import Reactor
import Synchronization

/// What the engine can be told; every order is answered by one ``CrowdReport``.
enum EngineOrder: Sendable {
    /// Opens connections, each with one exchange, and waits until all are there.
    case open(CrowdPlan, waitNs: UInt64)
    /// Adds connections to a crowd in the same way.
    case add(crowd: Int, connections: Int, waitNs: UInt64)
    /// Forgets a crowd's figures and sets it going.
    case go(crowd: Int, Pace)
    /// Asks for a crowd's figures.
    case look(crowd: Int)
    /// Stops a crowd's sending, and waits for the answers that are on their way.
    case settle(crowd: Int, waitNs: UInt64)
    /// Closes a crowd's connections.
    case close(crowd: Int)
    /// Ends the loop.
    case end
}

/// Where orders are left and answers are taken; one order at a time.
final class EngineDesk: Sendable {
    let orders: Mailbox<EngineOrder>
    /// Where the backend listens, once it does.
    let port = Mutex<UInt16>(0)
    private let answers = Mutex<[CrowdReport]>([])
    private let arrived = DispatchSemaphore(value: 0)

    init() throws(SystemError) { orders = try Mailbox() }

    /// Leaves an answer; from the loop's thread.
    func answer(_ report: CrowdReport) {
        answers.withLock { $0.append(report) }
        arrived.signal()
    }

    /// Waits for an answer; nil when none comes in time.
    func take(within seconds: Double) -> CrowdReport? {
        guard arrived.wait(timeout: .now() + seconds) == .success else { return nil }
        return answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}

/// The load and the backend on a thread of their own, seen from the main one.
final class Engine: Sendable {
    /// Where the backend listens on 127.0.0.1.
    let port: UInt16
    /// Descriptors that this process may have.
    let descriptorsMax: Int
    private let desk: EngineDesk

    /// How long an order may take that waits for a contender.
    static let waitSecondsMax = 20.0
    /// How much longer the engine itself may take.
    private static let graceSeconds = 5.0

    /// Starts it.
    ///
    /// - Throws: ``BenchFault/address(_:)``.
    init() throws(BenchFault) {
        LoopThread.ignoreBrokenPipes()
        descriptorsMax = LoopThread.raiseDescriptorLimit()
        do throws(SystemError) {
            let desk = try EngineDesk()
            self.desk = desk
            try LoopThread.start(name: "bench-engine") {
                guard var loop = try? EngineLoop.listening(desk) else {
                    return desk.answer(CrowdReport(crowd: -1))
                }
                desk.port.withLock { $0 = loop.port }
                desk.answer(CrowdReport(crowd: -1))
                loop.run()
            }
            _ = desk.take(within: Self.graceSeconds)
            port = desk.port.withLock { $0 }
        } catch {
            throw .address("the engine cannot be started: error \(error.code)")
        }
        guard port != 0 else { throw .address("the backend cannot listen on 127.0.0.1") }
    }

    deinit { desk.orders.post(.end) }

    /// Opens a crowd: each of its connections has had one answer when this returns.
    ///
    /// - Throws: ``BenchFault/address(_:)`` when one of them could not be had.
    func open(_ plan: CrowdPlan) throws(BenchFault) -> CrowdHandle {
        let report = try ask(.open(plan, waitNs: Self.waitNs))
        let crowd = CrowdHandle(engine: self, number: report.crowd)
        guard report.failed == 0, report.open == plan.connections, report.waiting == 0 else {
            try crowd.close()
            throw .address(
                "of \(plan.connections) connections to 127.0.0.1:\(plan.port) "
                    + "\(report.open) could be had and \(report.failed) failed"
                    + (report.firstFailure.isEmpty ? "" : ": \(report.firstFailure)"))
        }
        return crowd
    }

    static var waitNs: UInt64 { UInt64(waitSecondsMax * 1_000_000_000) }

    func ask(_ order: EngineOrder) throws(BenchFault) -> CrowdReport {
        desk.orders.post(order)
        guard let report = desk.take(within: Self.waitSecondsMax + Self.graceSeconds) else {
            throw .address("the engine does not answer")
        }
        return report
    }
}

/// A crowd as those see it who let it go.
struct CrowdHandle {
    let engine: Engine
    let number: Int

    /// Forgets the figures so far, which it returns, and goes on at a pace.
    @discardableResult
    func go(_ pace: Pace) throws(BenchFault) -> CrowdReport {
        try engine.ask(.go(crowd: number, pace))
    }

    /// The figures since it was told to go.
    func look() throws(BenchFault) -> CrowdReport { try engine.ask(.look(crowd: number)) }

    /// Adds connections; each has had one answer when this returns, or it failed.
    func add(_ connections: Int) throws(BenchFault) -> CrowdReport {
        try engine.ask(
            .add(crowd: number, connections: connections, waitNs: Engine.waitNs))
    }

    /// Stops sending and waits for what is on its way; requests that still wait then failed.
    func settle() throws(BenchFault) -> CrowdReport {
        try engine.ask(.settle(crowd: number, waitNs: Engine.waitNs))
    }

    /// Closes the connections.
    func close() throws(BenchFault) { _ = try engine.ask(.close(crowd: number)) }
}
