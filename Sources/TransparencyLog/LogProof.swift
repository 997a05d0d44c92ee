/// A member's receipt (C2SP tlog-proof): an entry's place, the way to a root, and the checkpoint.
///
/// With the entry and the log's key it proves, without any machine of ours, that the entry is in
/// the log.
package struct LogProof: Hashable, Sendable {
    /// The longest proof that is read, in octets: a note, 63 hashes, and what the writer added,
    /// which may be the entry itself in base64.
    package static let octetsMax = SignedNote.octetsMax + 131_072
    /// The most hashes in a proof: the height of a tree of 2^63 leaves.
    package static let hashesMax = 63

    /// What the writer added, for whoever it concerns; not covered by the proof.
    package let extra: [UInt8]?
    /// The entry's place in the log, counted from 0.
    package let index: Int
    /// The hashes from leaf to root.
    package let path: [Digest]
    /// The checkpoint as it is, unjudged.
    package let note: SignedNote

    private static let header = "c2sp.org/tlog-proof@v1"

    /// Puts a proof together.
    ///
    /// - Parameters:
    ///   - inclusion: The proof at the checkpoint's size.
    ///   - checkpoint: Whose root it leads to.
    ///   - extra: Anything; `nil` for nothing.
    package init(inclusion: InclusionProof, checkpoint: SignedCheckpoint, extra: [UInt8]? = nil) {
        self.extra = extra
        index = inclusion.index
        path = inclusion.path
        note = checkpoint.note
    }

    /// The file: `.tlog-proof`, text.
    package var octets: [UInt8] {
        var text = LogProof.header + "\n"
        if let extra { text += "extra " + Base64.encode(extra) + "\n" }
        text += "index \(index)\n"
        for digest in path { text += digest.base64 + "\n" }
        return Array((text + "\n").utf8) + note.octets
    }

    /// Reads a file.
    ///
    /// - Throws: ``LogProofError``; only ``verify(entry:key:)`` says what it proves.
    package init(octets: [UInt8]) throws(LogProofError) {
        guard octets.count <= LogProof.octetsMax else {
            throw .tooLong(limit: LogProof.octetsMax, actual: octets.count)
        }
        var lines = LineReader(octets)
        guard let header = lines.next(), header.elementsEqual(LogProof.header.utf8) else {
            throw .malformed(line: 0)
        }
        var line = lines.next()
        if let text = line, text.starts(with: "extra ".utf8) {
            guard let extra = Base64.decode(text.dropFirst("extra ".utf8.count)) else {
                throw .malformed(line: lines.number)
            }
            self.extra = extra
            line = lines.next()
        } else {
            extra = nil
        }
        guard let text = line, text.starts(with: "index ".utf8),
            let index = Decimal.parse(text.dropFirst("index ".utf8.count))
        else { throw .malformed(line: lines.number) }
        self.index = index
        var path: [Digest] = []
        while let text = lines.next(), !text.isEmpty {
            guard let digest = Digest(base64: text), path.count < LogProof.hashesMax else {
                throw .malformed(line: lines.number)
            }
            path.append(digest)
        }
        self.path = path
        do throws(NoteError) {
            note = try SignedNote(octets: Array(lines.rest))
        } catch {
            throw .checkpoint(.note(error))
        }
    }

    /// Checks that the log has `entry` at ``index``.
    ///
    /// - Parameters:
    ///   - entry: The entry's octets.
    ///   - key: The log's key.
    /// - Returns: The checkpoint that vouches for it.
    /// - Throws: ``LogProofError``.
    @discardableResult
    package func verify(
        entry: [UInt8], key: VerifierKey
    ) throws(LogProofError) -> SignedCheckpoint {
        let signed: SignedCheckpoint
        do throws(CheckpointError) {
            signed = try SignedCheckpoint(octets: note.octets, key: key)
        } catch {
            throw .checkpoint(error)
        }
        let checkpoint = signed.checkpoint
        do throws(ProofError) {
            try InclusionProof(index: index, size: checkpoint.size, path: path)
                .verify(leaf: .leaf(entry), root: checkpoint.root)
        } catch {
            throw .proof(error)
        }
        return signed
    }
}

/// Why a receipt proves nothing.
package enum LogProofError: Error, Equatable, Sendable {
    /// Longer than the limit, both in octets.
    case tooLong(limit: Int, actual: Int)
    /// The line, counted from 0, is not as it must be.
    case malformed(line: Int)
    /// The checkpoint in it is refused.
    case checkpoint(CheckpointError)
    /// The hashes do not lead from the entry to the checkpoint's root.
    case proof(ProofError)
}

extension LogProofError: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .tooLong(let limit, let actual): "a proof of \(actual) octets; at most \(limit)"
        case .malformed(let line): "line \(line + 1) is not a proof's"
        case .checkpoint(let error): "the checkpoint: \(error)"
        case .proof(let error): "the proof: \(error)"
        }
    }
}
