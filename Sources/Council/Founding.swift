package import CanonicalJSON
package import Governance
package import LogReader
import TransparencyLog

/// What a community begins with.
package struct Founding: Sendable {
    /// The voting rules, `governance/charter.yaml`'s value.
    package let charter: JSONValue
    /// The founders, numbered from 1.
    package let founders: [Founder]

    /// A founding.
    package init(charter: JSONValue, founders: [Founder]) {
        self.charter = charter
        self.founders = founders
    }

    /// Writes the founding's entries into an empty journal and publishes them.
    ///
    /// - Parameter now: The time of the entries, milliseconds since 1970.
    /// - Returns: The community's card.
    /// - Throws: ``CouncilFault``; ``CouncilFault/alreadyFounded`` when the journal is not empty.
    package func write(
        to journal: any Journal, publisher: Publisher, now: Int64
    ) async throws(CouncilFault) -> CommunityCard {
        guard !founders.isEmpty else { throw .founding("a community needs a founder") }
        do {
            guard try journal.count() == 0 else { throw CouncilFault.alreadyFounded }
        } catch let fault as CouncilFault {
            throw fault
        } catch let error as JournalError {
            throw .journal(error)
        } catch {
            throw .founding("\(error)")
        }
        var replay = Replay()
        var turn = Turn(t: now)
        let verifier = publisher.signers.pinned.verifier
        try turn.append(
            Genesis.entry(
                origin: verifier.name, key: verifier.text, charter: charter, t: now), to: &replay)
        for first in stride(from: 0, to: founders.count, by: Founder.entryMax) {
            let part = founders[first..<min(first + Founder.entryMax, founders.count)]
            try turn.append(Founder.entry(Array(part), t: now), to: &replay)
        }
        try turn.append(replay.state.constitutedClaim(at: now), to: &replay)
        do {
            try journal.append(turn.entries)
        } catch {
            throw .journal(error)
        }
        return try await Recovered(journal: journal, publisher: publisher).card
    }
}
