extension DocumentSet {
    /// The digest of the table that these documents make with what is laid over them.
    ///
    /// Without overlays and refusals it only copies the octets that are kept of each document.
    func digest() -> ContentDigest {
        var octets: [UInt8] = [UInt8(ascii: "[")]
        octets.reserveCapacity(2 + elements.count * Self.elementOctets)
        if overlays.isEmpty && refusals.isEmpty {
            for element in elements { octets.appendElement(element) }
        } else {
            appendLaidOver(to: &octets)
        }
        octets.append(UInt8(ascii: "]"))
        return ContentDigest(of: octets)
    }

    /// The digest after a bundle, with nothing changed.
    ///
    /// - Complexity: As ``digest()``; with overlays or refusals, that of copying the documents.
    func digest(after bundle: OperationBundle, by enactment: Enactment) -> ContentDigest {
        if bundle.operations.isEmpty { return tableDigest }
        guard overlays.isEmpty && refusals.isEmpty else {
            var copy = self
            copy.perform(bundle, by: enactment)
            return copy.digest()
        }
        var octets: [UInt8] = [UInt8(ascii: "[")]
        octets.reserveCapacity(2 + elements.count * Self.elementOctets)
        var next = 0
        for operation in bundle.operations.sorted(by: { $0.key < $1.key }) {
            let place = position(of: operation.key)
            for element in elements[next..<place] { octets.appendElement(element) }
            if let document = ratified(operation, by: enactment) {
                octets.appendElement(document.element())
            }
            let isThere = place < documents.count && documents[place].key == operation.key
            next = isThere ? place + 1 : place
        }
        for element in elements[next...] { octets.appendElement(element) }
        octets.append(UInt8(ascii: "]"))
        return ContentDigest(of: octets)
    }

    /// What an element takes, about: its name, a digest in hexadecimal, its sequence.
    private static let elementOctets = 112

    private func appendLaidOver(to octets: inout [UInt8]) {
        forEachName(laid: laidOver(by: overlays)) { place, laid in
            switch (place, laid) {
            case (let place?, nil): octets.appendElement(elements[place])
            case (let place?, let laid?):
                octets.appendElement(documents[place].element(laid: laid.text))
            case (nil, let laid):
                guard let laid, let restored = laid.restored else { return }
                octets.appendElement(
                    RatifiedDocument.element(
                        of: restored.document.key.text, digest: "", sequence: restored.index,
                        laid: laid.text))
            }
        }
        // `network/…` sorts behind `HTTPRoute/…`.
        let networks = refusals.filter { if case .network = $0.subject { true } else { false } }
        for refusal in networks.sorted(by: { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) })
        {
            octets.appendElement(
                RatifiedDocument.element(
                    of: refusal.text, digest: "", sequence: refusal.index, laid: "refused"))
        }
    }
}

extension [UInt8] {
    /// Appends an element to an array of JSON whose `[` is there.
    fileprivate mutating func appendElement(_ element: [UInt8]) {
        if count > 1 { append(UInt8(ascii: ",")) }
        append(contentsOf: element)
    }
}
