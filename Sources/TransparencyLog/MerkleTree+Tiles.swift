extension MerkleTree {
    /// The octets of a tile of hashes, 32 for each.
    ///
    /// A partial tile holds the hashes that were there at the size which it belongs to; the tree
    /// may have grown since.
    ///
    /// - Throws: ``TreeError/noSuchTile(_:)`` when not all its hashes are there yet, or for a
    ///   bundle.
    package func octets(of tile: Tile) throws(TreeError) -> [UInt8] {
        guard case .hashes(let level) = tile.content else { throw .noSuchTile(tile) }
        var octets: [UInt8] = []
        octets.reserveCapacity(tile.width * Digest.octetCount)
        let height = level * Tile.heightPerLevel
        let first = tile.index * Tile.fullWidth
        for index in first..<(first + tile.width) {
            guard let digest = root(of: Subtree(height: height, index: index)) else {
                throw .noSuchTile(tile)
            }
            digest.append(to: &octets)
        }
        return octets
    }

    /// Builds a tree from its tiles of level 0.
    ///
    /// Whether it is the tree that a checkpoint names shows when the roots are compared.
    ///
    /// - Parameters:
    ///   - tiles: The leaf hashes tile by tile, in order, as ``Tile/digests(in:)`` reads them; what
    ///     lies beyond `size` is left out.
    ///   - size: How many leaves the tree has.
    /// - Throws: ``TreeError/missingLeaves(size:found:)``.
    package init(tiles: some Sequence<[Digest]>, size: Int) throws(TreeError) {
        self.init()
        for tile in tiles {
            for leaf in tile.prefix(size - self.size) { append(leaf) }
            if self.size == size { return }
        }
        guard self.size == size else { throw .missingLeaves(size: size, found: self.size) }
    }
}
