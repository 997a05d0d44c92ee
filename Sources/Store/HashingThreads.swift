import Dispatch
import Foundation
import Synchronization

/// Threads of their own for work that takes long, with a bounded queue before them.
///
/// A password hash takes a tenth of a second of processor and 64 MiB: on Swift's cooperative pool
/// two of them would stop everything else on two cores, and without a bound a flood of logins
/// would take the memory. The threads end when this object does, after what was accepted is done.
final class HashingThreads: Sendable {
    let threadCount: Int
    let waitingMax: Int
    private let queue: Queue

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - threadCount: How much runs at once.
    ///   - waitingMax: How much may wait beyond that.
    init(threadCount: Int, waitingMax: Int) {
        self.threadCount = threadCount
        self.waitingMax = waitingMax
        queue = Queue(capacity: threadCount + waitingMax)
        for number in 0..<threadCount {
            let thread = Thread { [queue] in queue.work() }
            thread.name = "hashing-\(number)"
            thread.start()
        }
    }

    deinit {
        queue.close(threadCount: threadCount)
    }

    /// Runs work on one of the threads.
    ///
    /// - Returns: What the work returned, or `nil` without running it when too much waits already.
    func run<Output: Sendable>(_ work: @escaping @Sendable () -> Output) async -> Output? {
        await withCheckedContinuation { continuation in
            let accepted = queue.accept { continuation.resume(returning: work()) }
            if !accepted {
                continuation.resume(returning: nil)
            }
        }
    }
}

extension HashingThreads {
    /// What the threads share; they hold this and not the object, so that it can go away.
    private final class Queue: Sendable {
        private struct State {
            var waiting: [@Sendable () -> Void] = []
            var running = 0
        }

        private let capacity: Int
        private let state = Mutex(State())
        private let signal = DispatchSemaphore(value: 0)

        init(capacity: Int) {
            self.capacity = capacity
        }

        func accept(_ job: @escaping @Sendable () -> Void) -> Bool {
            let accepted = state.withLock { state in
                guard state.waiting.count + state.running < capacity else { return false }
                state.waiting.append(job)
                return true
            }
            if accepted {
                signal.signal()
            }
            return accepted
        }

        /// Wakes every thread once more than there are jobs: a thread that wakes and finds nothing
        /// ends.
        func close(threadCount: Int) {
            for _ in 0..<threadCount {
                signal.signal()
            }
        }

        func work() {
            while true {
                signal.wait()
                guard let job = next() else { return }
                job()
                state.withLock { $0.running -= 1 }
            }
        }

        private func next() -> (@Sendable () -> Void)? {
            state.withLock { state in
                guard !state.waiting.isEmpty else { return nil }
                state.running += 1
                return state.waiting.removeFirst()
            }
        }
    }
}
