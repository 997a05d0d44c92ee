import CanonicalJSON
import Governance

/// What a council says of its community (`GET /community`), as far as a member's program uses it.
struct Community: Sendable {
    /// Origin, log key and beginning.
    let card: PinnedCard
    /// The charter in force.
    let charter: JSONValue
    /// Whether the charter is marked as a demonstration.
    let isDemo: Bool
    /// The whole answer.
    let value: JSONValue

    /// Asks the council.
    ///
    /// - Throws: ``Complaint`` when it cannot be reached or what it says is no community.
    static func ask(_ api: CouncilAPI) async throws(Complaint) -> Community {
        let value = try await api.get("/community")
        guard let card = value["card"].flatMap({ PinnedCard($0) }),
            let charter = value["charter"]
        else {
            throw .refused(
                "the answer has no community card", at: api.address.text,
                next: "check that it is a Commonway council")
        }
        return Community(
            card: card, charter: charter, isDemo: value["demo"]?.bool ?? false, value: value)
    }

    /// Checks that the council still speaks for the log that was pinned at the first login.
    ///
    /// - Throws: ``Complaint`` with both when it does not: somebody else answers at that address,
    ///   or the community began anew.
    func check(against pinned: PinnedCard, file: String) throws(Complaint) {
        guard card.names(sameLogAs: pinned) else {
            throw .refused(
                "the council speaks for another log than the one remembered: "
                    + "\(Output.plain(card.origin)) with key \(Output.plain(card.key)), "
                    + "remembered \(Output.plain(pinned.origin)) with "
                    + "\(Output.plain(pinned.key))",
                at: file,
                next: "ask the other members; if the community did begin anew, move that file away "
                    + "and log in again")
        }
    }
}

extension Community {
    /// How far ahead the charter lets a statement's `until` lie, milliseconds; `nil` when it is not
    /// a charter of a form that this program knows, and the council is left to judge.
    var statementValidity: Int64? {
        (try? Charter(charter))?.limits.statementValidity.milliseconds
    }
}
