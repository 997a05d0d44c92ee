import CanonicalJSON
import Forge
import LogReader
import Routing
import SSHSignature
import TestKit
import Testing
import TransparencyLog

@testable import Governance

/// What holds for every sequence of entries.
@Suite struct HistoryTests {
    private static let seeds: [UInt64] = Array(1...14)
    private static let steps = 240
    /// What may become of a proposal that is over: only of what was enacted something may.
    private static let afterwards: [ProposalStatus: Set<ProposalStatus>] = [
        .enacted: [.superseded, .reverted], .superseded: [.reverted],
    ]

    /// The history of each seed, made once for all tests that only read it.
    private static let histories = Result {
        try seeds.map { seed in
            var history = try RandomHistory(seed: seed)
            for _ in 0..<steps { try history.step() }
            return history
        }
    }

    private func history(_ seed: UInt64) throws -> RandomHistory {
        try Self.histories.get()[try #require(Self.seeds.firstIndex(of: seed))]
    }

    private func value(_ octets: [UInt8]) throws -> JSONValue {
        try JSONValue(parsing: octets, form: .canonical, limits: .entry)
    }

    @Test func `the histories hold every kind of entry, every end and many voids`() throws {
        var kinds: Set<String> = []
        var ends: Set<ProposalStatus> = []
        var voids = 0
        for seed in Self.seeds {
            let history = try history(seed)
            for octets in history.forge.entries {
                kinds.insert(try #require(try value(octets)["kind"]?.string))
            }
            ends.formUnion(history.forge.state.proposals.map(\.status))
            voids += history.voids
            #expect(history.forge.state.voids == history.voids)
        }
        #expect(kinds.isSuperset(of: ClaimKind.allCases.map(\.rawValue)))
        #expect(kinds.isSuperset(of: ["statement", "refuse", "permit", "succeed"]))
        let passing: Set<ProposalStatus> = [.discussion, .voting, .queued]
        #expect(ends.isSuperset(of: Set(ProposalStatus.allCases).subtracting(passing)))
        #expect(voids > 300)
    }

    @Test(arguments: seeds)
    func `a replay gives the live state at every prefix`(seed: UInt64) throws {
        var live = try RandomHistory(seed: seed)
        var states: [Int: State] = [:]
        for _ in 0..<Self.steps {
            try live.step()
            states[live.forge.state.entries] = live.forge.state
        }
        // The live one plans at once what an enactment outdates, the replay where it has to.
        var replay = Replay()
        for octets in live.forge.entries {
            try replay.take(try CheckedEntry(octets: octets))
            guard let live = states[replay.state.entries] else { continue }
            let place = Comment("entry \(replay.state.entries)")
            #expect(replay.state.digest == live.digest, place)
            #expect(live.unplanned.isEmpty, place)
            #expect(replay.state.quietUntil == live.quietUntil, place)
            #expect(replay.state.quietBound <= live.quietBound, place)
            let later = live.quietUntil
            if later != .max {
                #expect(replay.state.firstDue(at: later) == live.firstDue(at: later), place)
            }
            for (ours, theirs) in zip(replay.state.proposals, live.proposals) {
                #expect(
                    "\(replay.state.standing(of: ours))" == "\(live.standing(of: theirs))", place)
            }
        }
        #expect(replay.tree.root == live.forge.tree.root)
        #expect(replay.state.quietUntil == live.forge.state.quietUntil)
        #expect(replay.state.documents == live.forge.state.documents)
    }

    @Test func `some replays owe plans for a while`() throws {
        var owing = 0
        for seed in Self.seeds.prefix(4) {
            var replay = Replay()
            for octets in try history(seed).forge.entries {
                try replay.take(try CheckedEntry(octets: octets))
                if !replay.state.unplanned.isEmpty { owing += 1 }
            }
        }
        #expect(owing > 0)
    }

    @Test(arguments: seeds.prefix(4))
    func `entries checked many at once give the same as one by one`(seed: UInt64) async throws {
        let forge = try history(seed).forge
        var random = SeededGenerator(seed: seed)
        var replay = Replay()
        while replay.state.entries < forge.entries.count {
            let first = replay.state.entries
            let end = min(first + Int.random(in: 1...64, using: &random), forge.entries.count)
            let batch = Array(forge.entries[first..<end])
            for entry in try await EntryChecking.check(batch, from: first) {
                let statement = entry.signatures?.signed.statement
                #expect(statement?.octets == statement?.value.canonicalOctets)
                try replay.take(entry)
            }
        }
        #expect(replay.state.digest == forge.state.digest)
    }

    @Test(arguments: seeds)
    func `nothing is enacted without the votes that its class asks for`(seed: UInt64) throws {
        let forge = try history(seed).forge
        var replay = Replay()
        var recount = Recount()
        var enacted = 0
        for octets in forge.entries {
            let checked = try CheckedEntry(octets: octets)
            let documents = replay.state.documents.documents
            let verdict = try replay.take(checked)
            let entry = checked.entry.value
            if verdict == .applied {
                recount.take(
                    entry, leaf: checked.leafHash.hex,
                    signer: checked.signatures?.signer?.openSSHText)
            }
            if entry["kind"]?.string == "enact" {
                enacted += 1
                #expect(recount.carries(try #require(entry["proposal"]?.integer)))
            } else {
                #expect(replay.state.documents.documents == documents)
            }
        }
        let ends: Set<ProposalStatus> = [.enacted, .superseded, .reverted]
        #expect(enacted == replay.state.proposals.count { ends.contains($0.status) })
    }

    @Test(arguments: seeds)
    func `every tally is the recount of ballots within the electorate`(seed: UInt64) throws {
        let forge = try history(seed).forge
        var replay = Replay()
        var recount = Recount()
        for octets in forge.entries {
            let checked = try CheckedEntry(octets: octets)
            let verdict = try replay.take(checked)
            if verdict == .applied {
                recount.take(
                    checked.entry.value, leaf: checked.leafHash.hex,
                    signer: checked.signatures?.signer?.openSSHText)
            }
        }
        for proposal in replay.state.proposals {
            // A vote that ended without a close has no count to claim.
            guard let vote = proposal.vote, proposal.closing != nil else { continue }
            let counted = try #require(recount.votes[Int64(proposal.number)])
            #expect(
                vote.tally
                    == Tally(
                        yes: counted.count("yes"), no: counted.count("no"),
                        abstain: counted.count("abstain")))
            #expect(vote.tally.yes + vote.tally.no + vote.tally.abstain <= vote.electors)
            #expect(vote.electors == counted.electors)
        }
    }

    @Test(arguments: seeds)
    func `a vote that is closed and a proposal that is over never change`(seed: UInt64) throws {
        var history = try RandomHistory(seed: seed)
        var closed: [Int: (tally: Tally?, closing: Closing)] = [:]
        var ended: [Int: ProposalStatus] = [:]
        for _ in 0..<Self.steps {
            try history.step()
            for proposal in history.forge.state.proposals {
                if let before = closed[proposal.number] {
                    #expect(proposal.vote?.tally == before.tally)
                    #expect(proposal.closing?.t == before.closing.t)
                    #expect(proposal.closing?.outcome == before.closing.outcome)
                }
                if let before = ended[proposal.number], before != proposal.status {
                    let later = Self.afterwards[before] ?? []
                    #expect(later.contains(proposal.status), "\(before) \(proposal.status)")
                }
                if let closing = proposal.closing {
                    closed[proposal.number] = (proposal.vote?.tally, closing)
                }
                if case .ended = proposal.phase { ended[proposal.number] = proposal.status }
            }
        }
    }
}
