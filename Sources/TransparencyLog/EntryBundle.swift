/// The octets of an entry bundle (C2SP tlog-tiles): for each entry its length, then the entry.
package enum EntryBundle {
    /// The octets of a length, big-endian.
    package static let lengthOctets = 2
    /// The longest entry that a bundle can hold, in octets.
    package static let entryOctetsMax = 65_535

    /// Writes a bundle.
    ///
    /// - Throws: ``TileError/entryTooLong(limit:actual:)``.
    package static func encode(_ entries: some Sequence<[UInt8]>) throws(TileError) -> [UInt8] {
        var octets: [UInt8] = []
        for entry in entries {
            guard entry.count <= entryOctetsMax else {
                throw .entryTooLong(limit: entryOctetsMax, actual: entry.count)
            }
            octets.append(UInt8(truncatingIfNeeded: entry.count >> 8))
            octets.append(UInt8(truncatingIfNeeded: entry.count))
            octets += entry
        }
        return octets
    }

    /// Reads the entries of a bundle, exactly as many as it is wide.
    ///
    /// - Throws: ``TileError/truncated(_:position:)``, ``TileError/trailingOctets(_:count:)`` or
    ///   ``TileError/holdsHashes(_:)``.
    package static func decode(_ octets: [UInt8], of tile: Tile) throws(TileError) -> [[UInt8]] {
        guard tile.content == .entries else { throw .holdsHashes(tile) }
        var entries: [[UInt8]] = []
        entries.reserveCapacity(tile.width)
        var start = 0
        for position in 0..<tile.width {
            guard octets.count - start >= lengthOctets else {
                throw .truncated(tile, position: position)
            }
            let length = Int(octets[start]) << 8 | Int(octets[start + 1])
            start += lengthOctets
            guard octets.count - start >= length else {
                throw .truncated(tile, position: position)
            }
            entries.append(Array(octets[start..<(start + length)]))
            start += length
        }
        guard start == octets.count else {
            throw .trailingOctets(tile, count: octets.count - start)
        }
        return entries
    }
}
