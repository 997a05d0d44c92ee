import CanonicalJSON
import Foundation
import Proxy
import Reactor
import Routing
import Synchronization

/// Keeps what a gateway counts of its traffic, over its restarts: a file in its state folder, read
/// at the start and written once a minute and at the end, on a thread of its own.
///
/// A gateway that a successor took over from gives it the file, with all that was counted, and
/// begins anew; what its last requests add it leaves in a file of its own, which the successor
/// takes in.
final class TrafficKeeper: Sendable {
    private let traffic: TrafficCollector
    private let folder: URL
    private let state = Mutex(State())
    private let wake: Wakeup
    private let ended: Wakeup

    private struct State {
        var isStopped = false
        var hasSuccessor = false
        var writtenMs = MonotonicClock.nowMs
        var lastTrouble = ""
    }

    /// How often the loops' counts are gathered, milliseconds.
    private static let gatherMs: Int32 = 1_000

    /// Between two writings of the file, milliseconds.
    private static let writeMs: Int64 = 60_000

    private static let leftPrefix = "traffic-left-"
    private static let ending = ".json"

    private var file: URL { folder.appendingPathComponent("traffic.json") }

    /// What is left here for a successor.
    private var leftFile: URL {
        folder.appendingPathComponent("\(Self.leftPrefix)\(getpid())\(Self.ending)")
    }

    /// Reads the file and starts the thread. A file that cannot be read is put aside.
    ///
    /// - Throws: ``Complaint`` when the system gives no thread.
    init(_ traffic: TrafficCollector, in folder: URL) throws(Complaint) {
        self.traffic = traffic
        self.folder = folder
        do throws(SystemError) {
            wake = try Wakeup()
            ended = try Wakeup()
            if let kept = Self.read(folder.appendingPathComponent("traffic.json")) {
                traffic.add(kept)
            }
            try LoopThread.start(name: "traffic") { self.run() }
        } catch {
            throw .refused("the system gives no thread for the traffic: errno \(error.code)")
        }
    }

    /// A successor is about to read the file: everything goes there.
    func handOver() {
        state.withLock { state in
            if state.hasSuccessor { return }
            state.hasSuccessor = true
            write(traffic.take(), to: file, &state)
        }
    }

    /// Writes what was counted since, and ends.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake.signal()
        _ = ended.wait(timeoutMs: 5_000)
    }

    private func run() {
        var isStopped = false
        while !isStopped {
            _ = wake.wait(timeoutMs: Self.gatherMs)
            wake.drain()
            traffic.collect()
            // Looked at once a turn, so that none ends without a last writing.
            isStopped = state.withLock { state in
                let isDue = MonotonicClock.nowMs - state.writtenMs >= Self.writeMs
                if isDue || state.isStopped { write(&state) }
                return state.isStopped
            }
        }
        ended.signal()
    }

    private func write(_ state: inout State) {
        state.writtenMs = MonotonicClock.nowMs
        if state.hasSuccessor {
            // At the end alone, so that nothing is taken in twice.
            if !state.isStopped { return }
            let rest = traffic.take()
            if !rest.isEmpty { write(rest, to: leftFile, &state) }
            return
        }
        takeIn()
        if let summary = traffic.news() { write(summary, to: file, &state) }
    }

    /// Takes in what former gateways have left.
    private func takeIn() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix(Self.leftPrefix) && name.hasSuffix(Self.ending) {
            let left = folder.appendingPathComponent(name)
            guard let rest = Self.read(left) else { continue }
            try? FileManager.default.removeItem(at: left)
            traffic.add(rest)
        }
    }

    private func write(_ summary: TrafficSummary, to file: URL, _ state: inout State) {
        do throws(Complaint) {
            try LocalFile.writePrivate(summary.octets, to: file.path)
            state.lastTrouble = ""
        } catch {
            // Once, however often it fails.
            if state.lastTrouble != error.what {
                Output.trouble("what was counted of traffic is not kept: \(error.what)")
            }
            state.lastTrouble = error.what
        }
    }

    /// What a file keeps; nil when there is none, or none that can be read: that is put aside.
    private static func read(_ file: URL) -> TrafficSummary? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let reason: String
        do {
            let octets = try LocalFile.read(
                file.path, limit: TrafficSummary.limits.octetsMax)
            return try TrafficSummary(parsing: octets)
        } catch let complaint as Complaint {
            reason = complaint.what
        } catch {
            reason = "\(error)"
        }
        let aside = file.appendingPathExtension("damaged")
        try? FileManager.default.removeItem(at: aside)
        try? FileManager.default.moveItem(at: file, to: aside)
        Output.trouble(
            "what was counted of traffic cannot be read (\(reason)); it is put aside as "
                + "\(aside.path), and counting begins anew")
        return nil
    }
}
