/// A file of the log (C2SP tlog-tiles): up to 256 hashes of one level, or up to 256 entries.
package struct Tile: Hashable, Sendable {
    /// What a tile holds.
    package enum Content: Hashable, Sendable {
        /// Roots of perfect subtrees of 256^level leaves; level 0 holds leaf hashes.
        case hashes(level: Int)
        /// The entries themselves, an entry bundle.
        case entries
    }

    /// The hashes or entries in a full tile.
    package static let fullWidth = 256
    /// A level stands for so many levels of the binary tree: 2^8 = 256.
    package static let heightPerLevel = 8
    /// The highest level that a tree of up to 2^63−1 leaves has.
    package static let levelMax = 7
    /// The highest index that a tile can have: its leaves are counted up to 2^63−1.
    package static let indexMax = Int.max / fullWidth - 1

    /// What it holds.
    package let content: Content
    /// Its place among the tiles of its kind, 0…``indexMax``.
    package let index: Int
    /// How many hashes or entries it holds: 1…255 partial, 256 full.
    package let width: Int

    /// - Precondition: Each is in its range, as every caller here knows.
    init(content: Content, index: Int, width: Int) {
        self.content = content
        self.index = index
        self.width = width
    }

    /// A tile of hashes; `nil` when the level, index or width is out of its range.
    package static func hashes(level: Int, index: Int, width: Int = fullWidth) -> Tile? {
        guard (0...levelMax).contains(level), (0...indexMax).contains(index),
            (1...fullWidth).contains(width)
        else { return nil }
        return Tile(content: .hashes(level: level), index: index, width: width)
    }

    /// An entry bundle; `nil` when the index or width is out of its range.
    package static func entries(index: Int, width: Int = fullWidth) -> Tile? {
        guard (0...indexMax).contains(index), (1...fullWidth).contains(width) else { return nil }
        return Tile(content: .entries, index: index, width: width)
    }

    /// Whether it will never grow.
    package var isFull: Bool { width == Tile.fullWidth }

    /// The full tile at the same place: what to ask for when a partial one is gone.
    package var full: Tile { Tile(content: content, index: index, width: Tile.fullWidth) }

    /// The most octets that it can have: 32 a hash; two and 65,535 an entry.
    package var octetsMax: Int {
        switch content {
        case .hashes: width * Digest.octetCount
        case .entries: width * (EntryBundle.lengthOctets + EntryBundle.entryOctetsMax)
        }
    }

    /// Reads the hashes of a tile.
    ///
    /// - Throws: ``TileError/wrongLength(_:expected:actual:)`` or ``TileError/holdsEntries(_:)``.
    package func digests(in octets: [UInt8]) throws(TileError) -> [Digest] {
        guard case .hashes = content else { throw .holdsEntries(self) }
        guard octets.count == octetsMax else {
            throw .wrongLength(self, expected: octetsMax, actual: octets.count)
        }
        return stride(from: 0, to: octets.count, by: Digest.octetCount).map { start in
            Digest(trusted: octets, from: start)
        }
    }
}
