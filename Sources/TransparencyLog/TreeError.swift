/// Why a tree has no answer.
package enum TreeError: Error, Equatable, Sendable {
    /// A size beyond the leaves that the tree has, or below 0.
    case noSuchSize(Int, leaves: Int)
    /// An index that is not below the size.
    case noSuchLeaf(Int, size: Int)
    /// A proof from a larger size to a smaller one.
    case shrinks(from: Int, to: Int)
    /// A tile of hashes that the tree does not fill; tiles of entries are none of its business.
    case noSuchTile(Tile)
    /// Tiles of level 0 that hold fewer hashes than the size.
    case missingLeaves(size: Int, found: Int)
}

extension TreeError: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .noSuchSize(let size, let leaves): "no tree of size \(size), having \(leaves) leaves"
        case .noSuchLeaf(let index, let size): "no leaf \(index) in a tree of size \(size)"
        case .shrinks(let old, let new): "a log never shrinks from \(old) to \(new)"
        case .noSuchTile(let tile): "the tree does not fill \(tile.path)"
        case .missingLeaves(let size, let found): "\(found) leaf hashes of \(size)"
        }
    }
}
