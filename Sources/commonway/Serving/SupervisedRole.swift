import Foundation
import ServiceLifecycle

/// One process of `commonway serve`, started again whenever it ends, and replaced on request.
actor SupervisedRole: Service {
    private let name: String
    private let arguments: @Sendable ([String]) -> [String]
    private let addressFile: URL
    /// The process that serves, or is to.
    private var child: ChildProgram?
    /// One that takes over from it; becomes ``child`` when it serves.
    private var successor: ChildProgram?
    /// Addresses that the process named, in its order.
    private var addresses: [String] = []
    private let events: AsyncStream<Event>
    private let report: AsyncStream<Event>.Continuation

    /// What happens to a process.
    private enum Event: Sendable {
        case line(String, from: Int32)
        case ended(Int32, status: Int32)
    }

    /// Between an end and the next start, doubled each time up to the longest.
    private static let pauseSeconds = 1
    private static let pauseSecondsMax = 30
    /// A child that ran this long was well; the pause begins anew.
    private static let healthySeconds: TimeInterval = 60

    /// - Parameters:
    ///   - name: `council` or `gateway`, also the subcommand.
    ///   - addressFile: Where to note the first address bound.
    ///   - arguments: The command line; given the addresses bound before, so that a restart takes
    ///     the same ones.
    init(
        name: String, addressFile: URL, arguments: @escaping @Sendable ([String]) -> [String]
    ) {
        self.name = name
        self.addressFile = addressFile
        self.arguments = arguments
        (events, report) = AsyncStream.makeStream(of: Event.self)
    }

    /// How often another role looks whether this one is bound, milliseconds.
    private static let lookMilliseconds = 20

    /// Waits until the address is bound.
    ///
    /// - Throws: `CancellationError` when it never will be.
    func waitUntilBound() async throws {
        while addresses.isEmpty {
            try await Task.sleep(for: .milliseconds(Self.lookMilliseconds))
        }
    }

    /// Starts it again and again, until graceful shutdown.
    func run() async throws {
        try await withGracefulShutdownHandler {
            var pause = Self.pauseSeconds
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                let started = Date()
                let status = try await runOnce()
                if Task.isShuttingDownGracefully { return }
                if addresses.isEmpty, status != 0 {
                    throw Complaint.refused("the \(name) did not start; its reason is above")
                }
                if Date().timeIntervalSince(started) > Self.healthySeconds {
                    pause = Self.pauseSeconds
                }
                Output.words("the \(name) ended (status \(status)); it starts again in \(pause) s")
                try? await Task.sleep(for: .seconds(pause))
                pause = min(pause * 2, Self.pauseSecondsMax)
            }
        } onGracefulShutdown: {
            Task { await self.stop() }
        }
    }

    /// Starts a successor that takes over from the process that serves; that one ends by itself
    /// when its last request has. Does nothing while another successor is starting.
    func replace() {
        guard child != nil, successor == nil, !addresses.isEmpty else { return }
        do {
            successor = try start(arguments(addresses) + ["--take-over"])
            Output.words("a new \(name) takes over")
        } catch {
            Output.trouble("no new \(name) takes over: \(error.what)")
        }
    }

    private func start(_ arguments: [String]) throws(Complaint) -> ChildProgram {
        let child = try ChildProgram(arguments)
        let report = report
        Task {
            for await line in child.lines { report.yield(.line(line, from: child.id)) }
            report.yield(.ended(child.id, status: await child.status()))
        }
        return child
    }

    /// Runs until the process that serves has ended and no other took over from it.
    private func runOnce() async throws -> Int32 {
        let first = try start(arguments(addresses))
        child = first
        if Task.isShuttingDownGracefully { first.terminate() }
        var named: [String] = []
        var namedBy = first.id
        for await event in events {
            switch event {
            case .line(let line, let id):
                guard let address = address(in: line) else {
                    // Lines of an access log are data, all else is for people.
                    if line.hasPrefix("{") { try Output.data(line) } else { Output.words(line) }
                    continue
                }
                if id == successor?.id {
                    child = successor
                    successor = nil
                }
                if id != namedBy { named = [] }
                namedBy = id
                named.append(address)
                bind(named, line: line, id: id)
            case .ended(let id, let status):
                if id == successor?.id {
                    successor = nil
                    Output.trouble("the new \(name) ended (status \(status)); the former goes on")
                } else if id == child?.id {
                    return status
                }
            }
        }
        return 0
    }

    private func stop() {
        successor?.terminate()
        child?.terminate()
    }

    /// The address in a line as `council http://127.0.0.1:8081` or `gateway unix:/run/gateway`.
    private func address(in line: String) -> String? {
        for prefix in ["\(name) http://", "\(name) "] where line.hasPrefix(prefix) {
            return String(line.dropFirst(prefix.count))
        }
        return nil
    }

    private func bind(_ named: [String], line: String, id: Int32) {
        addresses = named
        try? Data((named[0] + "\n").utf8).write(to: addressFile, options: .atomic)
        // The same line, for whoever supervises this process or reads its output.
        try? Output.data("\(line) \(id)")
    }
}
