package import CanonicalJSON
import Crypto

extension DocumentSet {
    /// Writes the documents in force and where each came from, by ascending key:
    /// `["HTTPRoute/library","<document digest>",<sequence>,<entry>,<proposal>]`.
    ///
    /// - Complexity: O(n) with a small constant: most of it is in ``text`` already.
    package func writeRows(to writer: inout CanonicalWriter) {
        writer.array { writer in
            for place in documents.indices {
                writer.array {
                    // Without the bracket, and without the overlay, which is none: `,""]`.
                    $0.written(text[place].dropFirst().dropLast(4))
                    $0.integer(documents[place].enactment.entry)
                    $0.integer(documents[place].enactment.proposal)
                }
            }
        }
    }

    /// The digest of the table that these documents make with what is laid over them.
    ///
    /// Without overlays and refusals it hashes the octets that are kept of each document.
    func digest() -> ContentDigest {
        var hasher = TableHasher()
        if overlays.isEmpty && refusals.isEmpty {
            hasher.append(0..<text.count, of: text)
        } else {
            appendLaidOver(to: &hasher)
        }
        return hasher.finish()
    }

    /// The digest after a bundle, with nothing changed, and where to go on for the next one.
    ///
    /// - Complexity: As ``digest()`` for what stands from the first change on; with overlays or
    ///   refusals, that of copying the documents.
    func digest(
        after bundle: OperationBundle, by enactment: Enactment
    ) -> (digest: ContentDigest, marks: [SHA256]) {
        if bundle.operations.isEmpty { return (tableDigest, marks) }
        guard overlays.isEmpty && refusals.isEmpty else {
            var copy = self
            copy.perform(bundle, by: enactment)
            return (copy.digest(), copy.marks)
        }
        let operations = bundle.operations.sorted { $0.key < $1.key }
        var hasher = TableHasher(
            before: operations.first.map { position(of: $0.key) } ?? 0, marks: marks)
        var next = hasher.count
        for operation in operations {
            let place = position(of: operation.key)
            hasher.append(next..<place, of: text)
            if let document = ratified(operation, by: enactment) {
                hasher.append(document.element())
            }
            let isThere = place < documents.count && documents[place].key == operation.key
            next = isThere ? place + 1 : place
        }
        hasher.append(next..<text.count, of: text)
        return (hasher.finish(), hasher.marks)
    }

    private func appendLaidOver(to hasher: inout TableHasher) {
        forEachName(laid: laidOver(by: overlays)) { place, laid in
            switch (place, laid) {
            case (let place?, nil): hasher.append(place..<place + 1, of: text)
            case (let place?, let laid?):
                hasher.append(documents[place].element(laid: laid.text))
            case (nil, let laid):
                guard let laid, let restored = laid.restored else { return }
                hasher.append(
                    RatifiedDocument.element(
                        of: restored.document.key.text, digest: "", sequence: restored.index,
                        laid: laid.text))
            }
        }
        // `network/…` sorts behind `HTTPRoute/…`.
        let networks = refusals.filter { if case .network = $0.subject { true } else { false } }
        for refusal in networks.sorted(by: { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) })
        {
            hasher.append(
                RatifiedDocument.element(
                    of: refusal.text, digest: "", sequence: refusal.index, laid: "refused"))
        }
    }
}
