extension Tile {
    /// The tiles and entry bundles that a log must write when it grows, before it signs.
    ///
    /// Full ones that came to be, then the partial one at the right edge, level by level; the entry
    /// bundles first, so that no hash is published before its entry. Partial tiles of sizes in
    /// between are not among them.
    ///
    /// - Parameters:
    ///   - old: The size whose tiles are written already.
    ///   - new: The size that is about to be signed, not below `old`.
    /// - Complexity: O((new − old) / 256 + log new).
    package static func needed(from old: Int, to new: Int) -> [Tile] {
        guard old >= 0, new > old else { return [] }
        var tiles = edge(from: old, to: new).map { index, width in
            Tile(content: .entries, index: index, width: width)
        }
        for level in 0...levelMax {
            let height = level * heightPerLevel
            guard new >> height > old >> height else { break }
            tiles += edge(from: old >> height, to: new >> height).map { index, width in
                Tile(content: .hashes(level: level), index: index, width: width)
            }
        }
        return tiles
    }

    /// The tile that holds hash `position` of its level in a log of `size` leaves, and where in it.
    ///
    /// - Returns: `nil` when the log has not that many hashes of the level.
    package static func holding(
        position: Int, content: Content, size: Int
    ) -> (tile: Tile, offset: Int)? {
        let level = if case .hashes(let level) = content { level } else { 0 }
        guard (0...levelMax).contains(level), size >= 0 else { return nil }
        let count = size >> (level * heightPerLevel)
        guard (0..<count).contains(position) else { return nil }
        let index = position / fullWidth
        let width = min(fullWidth, count - index * fullWidth)
        return (Tile(content: content, index: index, width: width), position % fullWidth)
    }

    /// Index and width of what changes when a level grows from `old` to `new` hashes.
    private static func edge(from old: Int, to new: Int) -> [(index: Int, width: Int)] {
        var tiles = (old / fullWidth..<new / fullWidth).map { (index: $0, width: fullWidth) }
        if !new.isMultiple(of: fullWidth) {
            tiles.append((index: new / fullWidth, width: new % fullWidth))
        }
        return tiles
    }
}
