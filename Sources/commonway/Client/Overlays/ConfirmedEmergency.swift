import CanonicalJSON
import TransparencyLog

/// What a vote on an emergency is about: the steward's statement that put it up.
///
/// The operation voted on names nothing but the index of its entry, so the entry is what voters
/// have to see.
struct ConfirmedEmergency: Sendable {
    /// The index of the entry.
    let index: Int64

    /// - Returns: `nil` for a proposal that is about anything else.
    init?(_ proposal: JSONValue) {
        let operations = proposal["operations"]?.array ?? []
        guard operations.count == 1, operations[0]["op"]?.string == "confirm",
            let index = operations[0]["overlay"]?.integer
        else { return nil }
        self.index = index
    }

    /// What the entry says, in words.
    func lines(from api: CouncilAPI) async -> [String] {
        do throws(Complaint) {
            return [Self.line(try await entry(api), index)]
        } catch {
            return ["  what entry \(index) did is not told: \(Output.plain(error.what))"]
        }
    }

    /// Checks by the log's own proof that the entry shown is the one of that index, so that nobody
    /// votes on another emergency than they were shown.
    ///
    /// - Throws: ``Complaint`` when it is not, or no proof comes.
    func check(by card: PinnedCard, from api: CouncilAPI) async throws(Complaint) {
        let entry = try await entry(api)
        guard let statement = entry["stmt"] else {
            throw refused("entry \(index) is no steward's statement")
        }
        let octets = try await api.text("/receipts/\(HexDigest.of(statement))")
        let key: VerifierKey
        do throws(NoteKeyError) {
            key = try VerifierKey(text: card.key)
        } catch {
            throw .refused("the card's log key is refused: \(error)", at: card.origin)
        }
        let place: Int
        do throws(LogProofError) {
            let proof = try LogProof(octets: octets)
            _ = try proof.verify(entry: entry.canonicalOctets, key: key)
            place = proof.index
        } catch {
            throw refused("the proof that entry \(index) is in the log does not hold: \(error)")
        }
        guard Int64(place) == index, statement["act"]?.string == "emergency" else {
            throw refused("the council shows entry \(place) for entry \(index)")
        }
    }

    private func refused(_ what: String) -> Complaint {
        .refused(what, at: "entry \(index)", next: "do not vote; tell the other members")
    }

    private func entry(_ api: CouncilAPI) async throws(Complaint) -> JSONValue {
        try await api.get("/entries/\(index)")["entry"] ?? [:]
    }

    private static func line(_ entry: JSONValue, _ index: Int64) -> String {
        let statement = entry["stmt"]
        let who = "member \(statement?["by"]?.integer ?? 0)"
        let at = Moment.text(entry["t"]?.integer ?? 0)
        let what: String
        if let route = statement?["disable"]?.string {
            what = "disabled HTTPRoute/\(route): its requests get 503"
        } else if let document = statement?["restore"] {
            what =
                "restored \(StatementText.documentName(document)) as "
                + "\(StatementText.short(.string(HexDigest.of(document)))), for "
                + RoutesCommand.subject(document)
        } else {
            what = "did something that this program does not know"
        }
        return Output.plain("  entry \(index): \(who) \(what), \(at)")
    }
}
