/// What a log says of itself at one size (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
    /// Where the checkpoint is, below the log's address.
    package static let path = "checkpoint"

    /// The log's name: a URL without scheme, and the name of its key.
    package let origin: String
    /// How many entries the log has, 0…2^63−1.
    package let size: Int
    /// The root of the tree over them.
    package let root: Digest

    /// Names a size and a root.
    package init(origin: String, size: Int, root: Digest) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Reads the text of a checkpoint: origin, size, root, and extension lines, which are left out.
    ///
    /// - Throws: ``CheckpointError/malformed(line:)``.
    package init(text: String) throws(CheckpointError) {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // The text ends in a newline, so the last part is empty.
        guard lines.count >= 4, let last = lines.last, last.isEmpty else {
            throw .malformed(line: max(0, lines.count - 1))
        }
        let origin = String(decoding: lines[0], as: UTF8.self)
        guard NoteKeyName.isValid(origin) else { throw .malformed(line: 0) }
        guard let size = Decimal.parse(lines[1]) else { throw .malformed(line: 1) }
        guard let root = Digest(base64: lines[2]) else { throw .malformed(line: 2) }
        for line in 3..<(lines.count - 1) where lines[line].isEmpty { throw .malformed(line: line) }
        self.init(origin: origin, size: size, root: root)
    }

    /// The text that is signed: three lines.
    package var text: String { "\(origin)\n\(size)\n\(root.base64)\n" }

    /// Signs the checkpoint.
    ///
    /// Two inconsistent ones must never be signed; the caller keeps the last one to see to that.
    ///
    /// - Throws: ``CheckpointError/wrongOrigin(expected:actual:)`` when the key is another log's,
    ///   or ``CheckpointError/note(_:)``.
    package func signed(by keys: SignerKey...) throws(CheckpointError) -> SignedCheckpoint {
        try signed(by: keys)
    }

    /// Signs the checkpoint with several keys of the log, one of which took another's place.
    ///
    /// - Throws: As ``signed(by:)-(SignerKey...)``.
    package func signed(by keys: [SignerKey]) throws(CheckpointError) -> SignedCheckpoint {
        for key in keys { try check(origin: key.verifier.name) }
        do throws(NoteError) {
            return SignedCheckpoint(
                checkpoint: self, note: try SignedNote(text: text, signers: keys))
        } catch {
            throw .note(error)
        }
    }

    func check(origin expected: String) throws(CheckpointError) {
        guard origin.utf8.elementsEqual(expected.utf8) else {
            throw .wrongOrigin(expected: expected, actual: origin)
        }
    }
}

/// Why octets are no checkpoint of the log.
package enum CheckpointError: Error, Equatable, Sendable {
    /// The note around it is refused.
    case note(NoteError)
    /// The line of the text, counted from 0, is not as it must be.
    case malformed(line: Int)
    /// The checkpoint of another log.
    case wrongOrigin(expected: String, actual: String)
}

extension CheckpointError: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .note(let error): error.description
        case .malformed(let line): "line \(line + 1) of the text is not a checkpoint's"
        case .wrongOrigin(let expected, let actual): "by the log \(actual) instead of \(expected)"
        }
    }
}
