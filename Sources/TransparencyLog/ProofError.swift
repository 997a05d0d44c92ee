/// Why a proof proves nothing.
package enum ProofError: Error, Equatable, Sendable {
    /// An index that is not below the size.
    case indexBeyondSize(index: Int, size: Int)
    /// A consistency proof from a larger size to a smaller one.
    case shrinks(from: Int, to: Int)
    /// Fewer or more hashes than the sizes ask for.
    case wrongLength(hashes: Int)
    /// Another root than the one that was to be proven.
    case wrongRoot(computed: Digest, expected: Digest)
    /// The hashes do not lead to the old root either.
    case wrongOldRoot(computed: Digest, expected: Digest)
}

extension ProofError: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .indexBeyondSize(let index, let size): "no leaf \(index) in a tree of size \(size)"
        case .shrinks(let old, let new): "a log never shrinks from \(old) to \(new)"
        case .wrongLength(let hashes): "\(hashes) hashes are not what a proof of these sizes has"
        case .wrongRoot(let computed, let expected): "leads to root \(computed), not \(expected)"
        case .wrongOldRoot(let computed, let expected):
            "leads to old root \(computed), not \(expected)"
        }
    }
}
