import CanonicalJSON
import Forge
import LogReader
import TestKit
import Testing
import TransparencyLog

/// Histories other than the one that was accepted.
extension FollowerTests {
    @Test mutating func `an earlier checkpoint is a rollback`() async throws {
        let earlier = forge
        try forge.append(["v": 1, "kind": "tick", "t": .integer(forge.t)])
        var follower = try await caughtUp()
        try earlier.publish(to: published.url)
        guard case .fetch(.rollback)? = await fault(&follower, now: forge.t) else {
            Issue.record("the earlier checkpoint was taken")
            return
        }
        try forge.publish(to: published.url)
        #expect(try await !follower.follow(now: forge.t))
    }

    @Test(arguments: [0, 1, 5])
    func `another history from the accepted size on is a fork`(more: Int) async throws {
        var (left, right) = (forge, forge)
        try left.append(["v": 1, "kind": "tick", "t": .integer(forge.t)])
        try right.append(["v": 1, "kind": "tick", "t": .integer(forge.t + 1)])
        right.t += 1
        for _ in 0..<more {
            try right.append(["v": 1, "kind": "tick", "t": .integer(right.t)])
        }
        try left.publish(to: published.url)
        var follower = try follower()
        _ = try await follower.follow(now: left.t)
        try right.publish(to: published.url)
        let fault = await fault(&follower, now: right.t)
        guard case .fetch(.fork)? = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(fault?.isPassing == false)
        var restarted = try self.follower(accepted: try left.checkpoint())
        guard case .fetch(.fork)? = await self.fault(&restarted, now: right.t) else {
            Issue.record("a restart took the other history")
            return
        }
    }

    @Test func `an earlier checkpoint with a root that the log never had is a fork`() async throws {
        var (left, right) = (forge, forge)
        for _ in 1...2 { try left.append(["v": 1, "kind": "tick", "t": .integer(left.t)]) }
        right.t += 1
        try right.append(["v": 1, "kind": "tick", "t": .integer(right.t)])
        try left.publish(to: published.url)
        var follower = try follower()
        _ = try await follower.follow(now: right.t)
        try right.publish(to: published.url)
        let (accepted, offered) = (try left.checkpoint(), try right.checkpoint())
        let fault = await fault(&follower, now: right.t)
        guard case .fetch(.fork(accepted, offered))? = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(fault?.isPassing == false)
    }

    /// Entries under a checkpoint that was refused for its last entry are reduced already; another
    /// history in their place would mix with them.
    @Test func `a history that departs from a refused checkpoint is a fork too`() async throws {
        var follower = try await caughtUp()
        var (left, right) = (forge, forge)
        left.t += 1
        try left.append(["v": 1, "kind": "tick", "t": .integer(left.t)])
        left.t += 1_000_000
        try left.append(["v": 1, "kind": "tick", "t": .integer(left.t)])
        try left.publish(to: published.url)
        guard case .future? = await fault(&follower, now: forge.t) else {
            Issue.record("the future was taken")
            return
        }
        for _ in 1...4 { try right.append(["v": 1, "kind": "tick", "t": .integer(right.t)]) }
        try right.publish(to: published.url)
        guard case .fetch(.fork)? = await fault(&follower, now: left.t) else {
            Issue.record("two histories were mixed")
            return
        }
    }
}
