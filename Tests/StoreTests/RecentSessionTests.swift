import Council
import Foundation
import Testing

@testable import Store

@Suite struct `Recent sessions` {
    private let recent = RecentSessions()
    private let hash = Data([1])
    private let session = Session(account: Account(member: 1, handle: "ana"), expires: 50_000)

    @Test func `a session that was read is known, and no other`() {
        recent.keep(session, hash, now: 1, generation: recent.generation)
        #expect(recent.session(hash, now: 1) == session)
        #expect(recent.session(Data([2]), now: 1) == nil)
    }

    @Test func `after a change none is known`() {
        recent.keep(session, hash, now: 1, generation: recent.generation)
        recent.forget()
        #expect(recent.session(hash, now: 1) == nil)
    }

    @Test func `what was read before a change is not taken in after it`() {
        let generation = recent.generation
        recent.forget()
        recent.keep(session, hash, now: 1, generation: generation)
        #expect(recent.session(hash, now: 1) == nil)
    }

    private static let times: [(Int64, Bool)] = [
        (4_999, false), (5_000, true), (15_000, true), (15_001, false), (50_000, false),
        (.min, false), (.max, false),
    ]

    @Test(arguments: times)
    func `a session is known for ten seconds from when it was read`(now: Int64, isKnown: Bool) {
        recent.keep(session, hash, now: 5_000, generation: recent.generation)
        #expect((recent.session(hash, now: now) != nil) == isKnown)
    }
}
