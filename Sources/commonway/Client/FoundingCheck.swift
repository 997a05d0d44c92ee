import CanonicalJSON

/// The beginning of a log, as a founder checks it before joining.
struct FoundingCheck: Sendable {
    /// The digest in the `constituted` entry, which `join` is signed over.
    let digest: String

    /// Follows the log from its first entry to `constituted`.
    ///
    /// The digest is computed here from the entries read, so what is signed is what was read, and
    /// the entry must be the one that the community card pins.
    ///
    /// - Throws: ``Complaint`` when the beginning is not the card's.
    static func read(_ card: PinnedCard, from api: CouncilAPI) async throws(Complaint)
        -> FoundingCheck
    {
        var leaves: [UInt8] = []
        var cursor: String?
        repeat {
            let page = try await api.page("/entries", cursor: cursor)
            for item in page.items {
                guard let entry = item["entry"] else { continue }
                let leaf = HexDigest.ofLeaf(entry)
                if entry["kind"]?.string == "constituted" {
                    return try end(entry, leaf: leaf, leavesBefore: leaves, card: card)
                }
                leaves += HexDigest.octets(hex: leaf) ?? []
            }
            cursor = page.next
        } while cursor != nil
        throw .refused("the log has no constituted entry", at: card.origin)
    }

    /// Checks the `constituted` entry against the entries before it and the card.
    static func end(
        _ entry: JSONValue, leaf: String, leavesBefore: [UInt8], card: PinnedCard
    ) throws(Complaint) -> FoundingCheck {
        let digest = HexDigest.of(leavesBefore)
        guard leaf == card.constituted, entry["digest"]?.string == digest else {
            throw .refused(
                "the log's beginning is not the one that the community card names",
                at: card.origin, next: "do not join; ask the other founders")
        }
        return FoundingCheck(digest: digest)
    }
}
