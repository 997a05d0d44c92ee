import CanonicalJSON
import Governance
import LogReader

/// Which log a command asks, and what pins it: as typed, else as remembered.
struct LogChoice {
    /// A folder or an address; `nil` for the log of the council used last.
    let against: String?
    /// The community card's file; `nil` for the one remembered.
    let community: String?

    /// Where the log is.
    ///
    /// - Throws: ``Complaint`` when none is named and no council is remembered.
    func place(_ client: ClientOptions) throws(Complaint) -> LogPlace {
        if let against {
            return LogPlace(text: against, allowsPlainHTTP: client.insecure).insideData
        }
        let council = try client.client().address.text
        return LogPlace(text: "\(council)/log", allowsPlainHTTP: client.insecure)
    }

    /// Reads and recomputes the log.
    ///
    /// - Parameter each: Told every entry as it is taken; it counts only once this returned.
    /// - Throws: ``Complaint`` when it cannot be read or is not what its rules give.
    func read(
        _ place: LogPlace, _ client: ClientOptions, each: ((TakenEntry, State) -> Void)? = nil
    ) async throws -> VerifiedLog {
        let card = try await card(for: place, client)
        return try await VerifiedLog.read(card, at: place.text, each: each) {
            http throws(Complaint) in
            try place.source(http, option: "--against")
        }
    }

    /// The card given, else the one remembered, else one that the log's own keeper shows, which
    /// only proves that the log agrees with itself; that is said aloud.
    ///
    /// - Throws: ``Complaint`` when there is none, or it is malformed.
    func card(
        for place: LogPlace, _ options: ClientOptions
    ) async throws(Complaint) -> CommunityCard {
        if let community { return try LogPlace.card(in: community) }
        let client = try options.clientIfNamed()
        if let pinned = client?.membership?.card {
            return try Self.card(pinned, at: client?.address.text ?? place.text)
        }
        if against == nil, let client {
            Output.words("note: no card is pinned here; the council's own is taken")
            return try Self.card(try await Community.ask(client.api).card, at: client.address.text)
        }
        if let file = place.cardBeside {
            Output.words("note: no card is pinned here; the one beside the log is taken: \(file)")
            return try LogPlace.card(in: file)
        }
        throw .usage(
            "nothing pins the log", at: place.text,
            next: "name the community card with --community FILE, or log in to its council")
    }

    private static func card(
        _ card: PinnedCard, at place: String
    ) throws(Complaint) -> CommunityCard {
        do {
            return try CommunityCard(octets: card.value.canonicalOctets)
        } catch {
            throw .usage("\(error)", at: place, next: "name a card with --community FILE")
        }
    }
}
