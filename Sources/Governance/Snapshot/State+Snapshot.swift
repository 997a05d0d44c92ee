package import CanonicalJSON
import Routing

extension State {
    /// The whole state as a value that it can be read back from: what its digest covers, and what
    /// stands behind the digests in there.
    ///
    /// Nothing proves a snapshot but the log: whoever reads one back takes the `state` entry that
    /// comes next in the log, which claims its digest (`docs/formats.md` §6).
    ///
    /// - Complexity: O(members + documents + proposals).
    package var snapshot: JSONValue {
        var texts: [ContentDigest: JSONValue] = [:]
        for document in documents.documents { texts.keep(document.proposed) }
        for footprint in footprints {
            for case (_, let document?) in footprint.before { texts.keep(document) }
        }
        for standing in overlays.up {
            if case .restore(let document) = standing.overlay.change {
                texts.keep(document.proposed)
            }
        }
        let ended = proposals.filter { if case .ended = $0.phase { true } else { false } }
        return [
            "v": 1, "state": canonicalValue,
            "inForce": .array(documents.documents.map(\.row)),
            "documents": .array(texts.sorted { $0.key < $1.key }.map(\.value)),
            "endpoints": .array(
                overlays.up.compactMap { standing in
                    standing.endpoints.map { [.integer(Int64(standing.overlay.index)), $0] }
                }),
            "ended": .array(ended.map(\.fullValue)),
        ]
    }
}

extension [ContentDigest: JSONValue] {
    fileprivate mutating func keep(_ document: ProposedDocument) {
        self[document.digest] = document.value
    }
}
