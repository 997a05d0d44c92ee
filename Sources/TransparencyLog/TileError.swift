/// Why octets are not the tile that was asked for.
package enum TileError: Error, Equatable, Sendable {
    /// A tile of hashes has 32 octets for each.
    case wrongLength(Tile, expected: Int, actual: Int)
    /// Hashes were asked of an entry bundle.
    case holdsEntries(Tile)
    /// Entries were asked of a tile of hashes.
    case holdsHashes(Tile)
    /// The entry at `position` in the bundle goes beyond its end.
    case truncated(Tile, position: Int)
    /// Octets follow the last entry.
    case trailingOctets(Tile, count: Int)
    /// An entry that no bundle can hold, in octets.
    case entryTooLong(limit: Int, actual: Int)
}

extension TileError: CustomStringConvertible {
    /// What is wrong, in words, with the tile's path.
    package var description: String {
        switch self {
        case .wrongLength(let tile, let expected, let actual):
            "\(tile.path): \(actual) octets instead of \(expected)"
        case .holdsEntries(let tile): "\(tile.path) holds entries"
        case .holdsHashes(let tile): "\(tile.path) holds hashes"
        case .truncated(let tile, let position):
            "\(tile.path): entry \(position) of it goes beyond its end"
        case .trailingOctets(let tile, let count):
            "\(tile.path): \(count) octets after its last entry"
        case .entryTooLong(let limit, let actual):
            "an entry of \(actual) octets; at most \(limit)"
        }
    }
}

/// Why a path is not that of a tile; the log has no file there.
package enum TilePathError: Error, Equatable, Sendable {
    /// Longer than the limit, both in octets.
    case tooLong(limit: Int, actual: Int)
    /// Not below `tile/`.
    case notATile
    /// Neither `entries` nor 0…7.
    case level
    /// Not groups of three digits, all but the last after an `x`.
    case index
    /// Not 1…255.
    case width
}

extension TilePathError: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .tooLong(let limit, let actual): "a path of \(actual) octets; at most \(limit)"
        case .notATile: "not the path of a tile"
        case .level: "the level is \"entries\" or 0…\(Tile.levelMax)"
        case .index: "the index is groups of three digits, all but the last after an x"
        case .width: "a partial tile's width is 1…255"
        }
    }
}
