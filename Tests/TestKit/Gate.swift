/// Lets only so many tests do something at one time: those that hold many descriptors each, since
/// Foundation's start of a process may crash in a process with more than a thousand of them.
package actor Gate {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameter width: How many may be inside at once.
    package init(width: Int) { free = width }

    /// Does something once there is room.
    package func pass<Answer: Sendable>(
        _ body: @Sendable () async throws -> Answer
    ) async rethrows -> Answer {
        await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
