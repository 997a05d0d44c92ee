/// A witness's word on a checkpoint: that at a time it was the largest that it had seen of this
/// log, and continued all that it had cosigned before (C2SP tlog-cosignature, `cosignature/v1`).
package struct Cosignature: Hashable, Sendable {
    /// Who cosigned.
    package let key: WitnessKey
    /// When, seconds since 1970, 0…2^63−1.
    package let time: Int
    /// The line in the note.
    package let signature: NoteSignature

    /// The first line of what is signed; no text of another purpose begins with it.
    static let header = "cosignature/v1"
    private static let timeOctets = 8
    private static let ed25519Octets = 64

    /// Verifies a signature line on the text of a checkpoint.
    ///
    /// - Returns: `nil` when the signature does not fit.
    package init?(_ signature: NoteSignature, by key: WitnessKey, text: String) {
        let octets = signature.octets
        guard key.isNamed(by: signature),
            octets.count == Cosignature.timeOctets + Cosignature.ed25519Octets,
            // The first bit of a time up to 2^63−1 is clear.
            octets[0] & 0x80 == 0
        else { return nil }
        let time = octets.prefix(Cosignature.timeOctets).reduce(0) { $0 << 8 | Int($1) }
        guard
            key.verifies(
                octets.dropFirst(Cosignature.timeOctets),
                message: Cosignature.message(time: time, text: text))
        else { return nil }
        self.key = key
        self.time = time
        self.signature = signature
    }

    /// What is signed: two lines, then the whole text of the checkpoint.
    static func message(time: Int, text: String) -> [UInt8] {
        Array("\(header)\ntime \(time)\n\(text)".utf8)
    }

    /// Eight octets, the first the most significant.
    static func octets(of time: Int) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { shift in
            UInt8(truncatingIfNeeded: time >> shift)
        }
    }
}

extension SignedNote {
    /// Checks the lines by known witnesses and leaves the others alone.
    ///
    /// - Returns: One cosignature for each witness that has a line, the newest of them, in the
    ///   order of `keys`; empty when none has.
    /// - Throws: ``NoteError/wrongSignature(key:)`` when a known key's line does not fit, whatever
    ///   other lines say.
    package func cosignatures(by keys: [WitnessKey]) throws(NoteError) -> [Cosignature] {
        var newest: [WitnessKey: Cosignature] = [:]
        for signature in signatures {
            let named = keys.filter { $0.isNamed(by: signature) }
            guard !named.isEmpty else { continue }
            // Two keys may share name and ID, four octets being few: either may have signed.
            let fitting = named.lazy.compactMap { key in
                Cosignature(signature, by: key, text: self.text)
            }
            guard let good = fitting.first else { throw .wrongSignature(key: signature.name) }
            if good.time >= newest[good.key]?.time ?? 0 { newest[good.key] = good }
        }
        return keys.compactMap { newest[$0] }
    }
}
