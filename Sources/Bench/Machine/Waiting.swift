import Dispatch
import Synchronization

/// Waits for asynchronous work from the main thread, which has nothing else to do.
enum Waiting {
    /// Where the work leaves its result.
    private final class Place<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
        let arrived = DispatchSemaphore(value: 0)
    }

    /// What the work comes to.
    ///
    /// - Throws: What it throws.
    static func value<Value: Sendable>(
        of work: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let place = Place<Result<Value, any Error>>()
        Task.detached {
            let result: Result<Value, any Error>
            do {
                result = .success(try await work())
            } catch {
                result = .failure(error)
            }
            place.value.withLock { $0 = result }
            place.arrived.signal()
        }
        place.arrived.wait()
        guard let result = place.value.withLock({ $0 }) else {
            preconditionFailure("the work signals only after it left its result")
        }
        return try result.get()
    }
}
