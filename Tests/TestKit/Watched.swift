import Synchronization

/// A value that threads change and tests wait on, each wait with a limit.
///
/// Nobody polls: a change wakes those whose condition it fulfils.
final class Watched<State: Sendable>: Sendable {
    private struct Waiter {
        let isDone: @Sendable (State) -> Bool
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct Inner: ~Copyable {
        var state: State
        var waiters: [UInt64: Waiter] = [:]
        var nextNumber: UInt64 = 0
    }

    private let inner: Mutex<Inner>

    init(_ state: State) {
        inner = Mutex(Inner(state: state))
    }

    var state: State {
        inner.withLock { $0.state }
    }

    /// Changes the value, then wakes whoever waited for what it has become.
    func update(_ change: (inout State) -> Void) {
        inner.withLock { inner in
            change(&inner.state)
            for (number, waiter) in inner.waiters where waiter.isDone(inner.state) {
                inner.waiters[number] = nil
                waiter.continuation.resume(returning: true)
            }
        }
    }

    /// Waits until the condition gives a result for the value.
    ///
    /// - Parameter condition: Once it holds it must go on holding, as "this was written" does.
    /// - Returns: The result, or `nil` when the limit passed first.
    func wait<Result>(
        within limit: Duration, until condition: @escaping @Sendable (State) -> Result?
    ) async -> Result? {
        let fulfilled = await withCheckedContinuation { continuation in
            let isDone: @Sendable (State) -> Bool = { condition($0) != nil }
            guard let number = register(isDone, continuation) else { return }
            Task {
                try? await Task.sleep(for: limit)
                expire(number)
            }
        }
        return fulfilled ? condition(state) : nil
    }

    /// Resumes at once when the condition already holds; gives the waiter's number otherwise.
    private func register(
        _ isDone: @escaping @Sendable (State) -> Bool,
        _ continuation: CheckedContinuation<Bool, Never>
    ) -> UInt64? {
        inner.withLock { inner in
            if isDone(inner.state) {
                continuation.resume(returning: true)
                return nil
            }
            let number = inner.nextNumber
            inner.nextNumber += 1
            inner.waiters[number] = Waiter(isDone: isDone, continuation: continuation)
            return number
        }
    }

    private func expire(_ number: UInt64) {
        inner.withLock { inner in
            inner.waiters.removeValue(forKey: number)?.continuation.resume(returning: false)
        }
    }
}
