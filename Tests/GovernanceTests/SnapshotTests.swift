import CanonicalJSON
import Forge
import Governance
import LogReader
import TestKit
import Testing

/// A state that was written down and read back goes on as if nothing had happened.
@Suite struct SnapshotTests {
    /// A state read back from the octets of its snapshot.
    private func readBack(_ state: State) throws -> State {
        try State(restoring: try value(of: state))
    }

    private func value(of state: State) throws -> JSONValue {
        try JSONValue(parsing: state.snapshot, form: .canonical, limits: .snapshot)
    }

    @Test(arguments: [UInt64(31), 32, 33, 34])
    func `a state read back has the same digest, and takes what follows alike`(
        seed: UInt64
    ) throws {
        var history = try RandomHistory(seed: seed)
        for _ in 0..<240 { try history.step() }
        var replay = Replay()
        var restored: State?
        for octets in history.forge.entries {
            let checked = try CheckedEntry(octets: octets)
            let head = replay.holdsHead(checked)
            let verdict = try replay.take(checked)
            #expect(try restored?.reduce(checked, headInLog: head) ?? verdict == verdict)
            #expect(restored?.digest ?? replay.state.digest == replay.state.digest)
            #expect(restored?.quietUntil ?? replay.state.quietUntil == replay.state.quietUntil)
            guard replay.state.constitution != nil, replay.state.entries.isMultiple(of: 40) else {
                continue
            }
            restored = try readBack(replay.state)
            #expect(restored?.documents == replay.state.documents)
        }
        #expect(restored != nil)
    }

    @Test func `no part of a snapshot can be left out or be another`() throws {
        var history = try RandomHistory(seed: 35)
        for _ in 0..<120 { try history.step() }
        let state = history.forge.state
        let snapshot = try value(of: state)
        // Those two are digests of what stands elsewhere in it.
        let derived = ["documents", "history"]
        for member in snapshot["state"]?.object?.members ?? []
        where !derived.contains(member.name) {
            let other = Samples.replacing(
                ["state", member.name], in: snapshot, by: ClaimCase.other(than: member.value))
            let read = try? State(restoring: other)
            #expect(read?.digest != state.digest, "\(member.name)")
        }
        for name in ["inForce", "documents", "ended"] {
            let other = Samples.replacing([name], in: snapshot, by: [])
            let read = try? State(restoring: other)
            #expect(read?.digest != state.digest, "\(name)")
        }
    }
}
