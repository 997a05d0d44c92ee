import Council
import Foundation
import Synchronization

/// Sessions that were looked up a short while ago, so that a client that writes much does not go
/// through the database's queue each time.
///
/// Whoever changes what a session rests on says so afterwards, by ``forget()``: then none is known,
/// and none that was read before is taken in any more. So a session that was ended is over when the
/// call that ended it returns. What another program does to the file counts when a session was held
/// for its time.
final class RecentSessions: Sendable {
    private struct Content {
        var sessions: [Data: (session: Session, readAt: Int64)] = [:]
        var generation = 0
    }

    private let content = Mutex(Content())

    /// Sessions held at once: more clients than have connections. Each takes some 200 octets.
    private static let sessionsMax = 4096
    /// How long a session is held before it is read again, milliseconds.
    private static let heldMs: Int64 = 10_000

    /// A session by the hash of its token; `nil` when it is to be read.
    func session(_ hash: Data, now: Int64) -> Session? {
        content.withLock { content in
            guard let (session, readAt) = content.sessions[hash], now < session.expires,
                (0...Self.heldMs).contains(now &- readAt)
            else { return nil }
            return session
        }
    }

    /// What ``keep(_:_:now:generation:)`` wants to know: to be asked for before reading.
    var generation: Int { content.withLock { $0.generation } }

    /// Takes in a session that was read, unless something changed since.
    func keep(_ session: Session, _ hash: Data, now: Int64, generation: Int) {
        content.withLock { content in
            guard content.generation == generation else { return }
            if content.sessions.count >= Self.sessionsMax { content.sessions = [:] }
            content.sessions[hash] = (session, now)
        }
    }

    /// Forgets all, after something was changed on which sessions rest.
    func forget() {
        content.withLock { content in
            content.generation += 1
            content.sessions = [:]
        }
    }
}
