import CanonicalJSON
import Forge
import Governance
import LogReader
import TestKit
import Testing
import TransparencyLog

/// One octet of an entry changed: whoever reads it must neither crash nor believe it.
@Suite struct AlteredEntryTests {
    /// A log with every kind of entry but the rare ends.
    private func log() throws -> Forge {
        var forge = try Forge(charter: Charter.demonstration)
        try forge.append(try forge.enrolment(of: try Forge.foreignKey(), by: 2))
        let number = try forge.openVote()
        try forge.vote(number, by: 1, "no")
        try forge.vote(number, by: 1, "yes")
        try forge.vote(number, by: 2, "yes")
        try forge.append(forge.state.stateClaim(at: forge.t))
        try forge.append(["v": 1, "kind": "tick", "t": .integer(forge.t)])
        try forge.settle()
        try #require(forge.state.proposal(number)?.status == .enacted)
        return forge
    }

    /// The value of an altered entry that a reader at that place would apply; `nil` for none.
    private func applied(_ octets: [UInt8], after replay: Replay) -> JSONValue? {
        var copy = replay
        do {
            let checked = try CheckedEntry(octets: octets)
            return try copy.take(checked) == .applied ? checked.entry.value : nil
        } catch {
            #expect(error is EntryFault || error is Contradiction)
            return nil
        }
    }

    @Test func `an altered entry has no effect but at another time`() throws {
        let forge = try log()
        var replay = Replay()
        for octets in forge.entries {
            let checked = try CheckedEntry(octets: octets)
            let isFounding = replay.state.constitution == nil
            for place in octets.indices where !isFounding {
                let altered = octets.flipping(bit: place * 8 + place % 7)
                guard let value = applied(altered, after: replay) else { continue }
                let dated = Samples.replacing(
                    ["t"], in: checked.entry.value, by: try #require(value["t"]))
                #expect(value == dated, "octet \(place) of entry \(replay.state.entries)")
            }
            try replay.take(checked)
        }
    }

    @Test func `an altered founding never crashes and is another founding`() throws {
        let forge = try log()
        var replay = Replay()
        for octets in forge.entries.prefix(3) {
            let checked = try CheckedEntry(octets: octets)
            for place in octets.indices {
                let altered = octets.flipping(bit: place * 8 + place % 7)
                guard applied(altered, after: replay) != nil else { continue }
                var other = replay
                let otherChecked = try CheckedEntry(octets: altered)
                try other.take(otherChecked)
                #expect(otherChecked.leafHash != checked.leafHash)
                #expect(other.tree.root != forge.replay.tree.root)
            }
            try replay.take(checked)
        }
    }

    @Test func `an entry cut short or continued is refused`() throws {
        for octets in try log().entries {
            for count in stride(from: 0, to: octets.count, by: 13) {
                #expect(throws: EntryFault.self) {
                    try CheckedEntry(octets: Array(octets.prefix(count)))
                }
            }
            #expect(throws: EntryFault.self) { try CheckedEntry(octets: octets + octets) }
        }
    }
}
