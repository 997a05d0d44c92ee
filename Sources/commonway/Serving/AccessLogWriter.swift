import Foundation
import Proxy
import Reactor
import Synchronization

/// Takes the lines of the access log from the loops' queues to where they go, on a thread of its
/// own: a disk that is slow costs lines, which are counted, and no request.
final class AccessLogWriter: Sendable {
    private let gateway: Gateway
    private let state: Mutex<State>
    private let wake: Wakeup
    private let ended: Wakeup

    private struct State {
        /// Where lines go; nil for standard output.
        var file: AccessLogFile?
        var isStopped = false
        var mustReopen = false
        var lastTrouble = ""
    }

    /// How long lines wait while there are some, milliseconds; the loops' queues hold what the
    /// busiest of them writes meanwhile.
    private static let busyMs: Int32 = 20
    /// And when there were none.
    private static let idleMs: Int32 = 100

    /// Starts the thread.
    ///
    /// - Parameter destination: A file, or `-`.
    /// - Throws: ``Complaint`` when it cannot be written.
    init(
        _ gateway: Gateway, to destination: String, keepDays: Int
    ) throws(Complaint) {
        self.gateway = gateway
        let file =
            destination == "-"
            ? nil : try AccessLogFile(destination, keepDays: keepDays, now: Date())
        state = Mutex(State(file: file))
        do throws(SystemError) {
            wake = try Wakeup()
            ended = try Wakeup()
            try LoopThread.start(name: "access-log") { self.run() }
        } catch {
            throw .refused("the system gives no thread for the access log: errno \(error.code)")
        }
    }

    /// Opens the file by its name again, once somebody has moved it.
    func reopen() {
        state.withLock { $0.mustReopen = true }
        wake.signal()
    }

    /// Writes what waits, and ends.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake.signal()
        _ = ended.wait(timeoutMs: 5_000)
    }

    private func run() {
        var waitMs = Self.idleMs
        while true {
            _ = wake.wait(timeoutMs: waitMs)
            wake.drain()
            let isStopped = state.withLock { $0.isStopped }
            waitMs = drain() ? Self.busyMs : Self.idleMs
            if isStopped { break }
        }
        ended.signal()
    }

    /// - Returns: Whether there was anything.
    private func drain() -> Bool {
        do {
            let descriptor = try state.withLock { state in
                if state.mustReopen {
                    state.mustReopen = false
                    try state.file?.reopen()
                }
                return try state.file?.descriptor(now: Date())
                    ?? FileHandle.standardOutput.fileDescriptor
            }
            let octets = try gateway.drainAccessLog { run throws(SystemError) in
                try FileOutput.write(run, to: descriptor)
            }
            if octets > 0 { state.withLock { $0.lastTrouble = "" } }
            return octets > 0
        } catch let error as SystemError {
            complain("errno \(error.code)")
        } catch {
            complain(Reason.text(error))
        }
        return true
    }

    /// Says a trouble once, however often lines are lost to it.
    private func complain(_ reason: String) {
        let isNew = state.withLock { state in
            defer { state.lastTrouble = reason }
            return state.lastTrouble != reason
        }
        if isNew { Output.trouble("the access log loses lines: \(reason)") }
    }
}
