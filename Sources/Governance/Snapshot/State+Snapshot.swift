import CanonicalJSON
import Routing

extension State {
    /// The whole state as canonical JSON that it can be read back from: what its digest covers, and
    /// what stands behind the digests in there.
    ///
    /// Nothing proves a snapshot but the log: whoever reads one back takes the `state` entry that
    /// comes next in the log, which claims its digest (`docs/formats.md` §6).
    ///
    /// - Complexity: O(members + documents + proposals).
    package var snapshot: [UInt8] {
        var writer = CanonicalWriter()
        writer.object { writer in
            writer.name("documents")
            writer.array(of: texts.sorted { $0.key < $1.key }) { $0.value($1.value) }
            writer.name("ended")
            writer.array { writer in
                for proposal in proposals {
                    guard case .ended = proposal.phase else { continue }
                    proposal.write(to: &writer, isFull: true)
                }
            }
            writer.name("endpoints")
            writer.array { writer in
                for standing in overlays.up {
                    guard let endpoints = standing.endpoints else { continue }
                    writer.array {
                        $0.integer(standing.overlay.index)
                        $0.value(endpoints)
                    }
                }
            }
            writer.name("inForce")
            documents.writeRows(to: &writer)
            writer.name("state")
            write(to: &writer)
            writer.name("v")
            writer.integer(1)
        }
        return writer.octets
    }

    /// The documents that the state names by their digest.
    private var texts: [ContentDigest: JSONValue] {
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
        return texts
    }
}

extension [ContentDigest: JSONValue] {
    fileprivate mutating func keep(_ document: ProposedDocument) {
        self[document.digest] = document.value
    }
}
