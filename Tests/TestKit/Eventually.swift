/// Waiting for what only asking again can tell, such as an answer over HTTP.
package enum Eventually {
    /// Asks until there is an answer.
    ///
    /// Prefer an event to wait for, as ``Transcript/line(containing:within:)``, where there is one.
    ///
    /// - Parameters:
    ///   - limit: How long to go on asking. The last question may end after it.
    ///   - pause: How long to wait between two questions.
    ///   - ask: Gives `nil` while the answer is not there; what it throws ends the waiting.
    /// - Returns: The answer, or `nil` when the limit passed: `try #require(await …)`.
    package static func value<Answer>(
        within limit: Duration, pause: Duration = .milliseconds(20),
        _ ask: () async throws -> Answer?
    ) async throws -> Answer? {
        let end = ContinuousClock.now + limit
        while true {
            if let answer = try await ask() { return answer }
            guard ContinuousClock.now < end else { return nil }
            try await Task.sleep(for: pause)
        }
    }
}
