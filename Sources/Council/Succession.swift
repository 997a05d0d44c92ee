package import CanonicalJSON
package import Governance
import LogReader

/// A log that members carry on without the operator who had it.
package struct Succession: Sendable {
    /// What members signed, each as `{"sig":…,"stmt":{…}}`.
    let statements: [JSONValue]

    /// A succession by these statements.
    package init(statements: [JSONValue]) { self.statements = statements }

    /// Writes the entries by which a journal of the former log becomes one of the next.
    ///
    /// - Parameters:
    ///   - journal: All entries of the former log.
    ///   - now: Milliseconds since 1970.
    /// - Returns: The state that follows.
    /// - Throws: ``CouncilFault``: a contradiction when the statements do not carry it on.
    package func write(
        to journal: any Journal, now: Int64
    ) async throws(CouncilFault) -> State {
        var replay = try await Recovered.replay(journal)
        let origin = replay.state.origin
        var turn = Turn(t: max(now, replay.state.t))
        for first in stride(from: 0, to: statements.count, by: SuccessionStatement.entryMax) {
            let part = statements[first...].prefix(SuccessionStatement.entryMax)
            try turn.append(
                SuccessionStatement.entry(Array(part), t: turn.t), to: &replay)
        }
        guard replay.state.succession == nil, replay.state.origin != origin else {
            throw .tooFewSuccessors(found: statements.count)
        }
        do {
            try journal.append(turn.entries)
        } catch {
            throw .journal(error)
        }
        return replay.state
    }
}
