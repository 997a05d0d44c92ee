import Testing
import TransparencyLog

@Suite("Entry bundles")
struct EntryBundleTests {
    private func bundle(_ width: Int) throws -> Tile {
        try #require(Tile.entries(index: 0, width: width))
    }

    @Test func `an entry stands after its length, big-endian`() throws {
        let entries: [[UInt8]] = [[], [0x61], [UInt8](repeating: 0x62, count: 258)]
        let octets = try EntryBundle.encode(entries)
        #expect(octets.prefix(7) == [0, 0, 0, 1, 0x61, 1, 2])
        #expect(try EntryBundle.decode(octets, of: bundle(3)) == entries)
    }

    @Test func `the longest entry fits and no longer one`() throws {
        let longest = [UInt8](repeating: 0x61, count: 65_535)
        let octets = try EntryBundle.encode([longest])
        #expect(try EntryBundle.decode(octets, of: bundle(1)) == [longest])
        #expect(throws: TileError.entryTooLong(limit: 65_535, actual: 65_536)) {
            try EntryBundle.encode([longest + [0]])
        }
    }

    @Test func `a bundle cut off anywhere is refused`() throws {
        let octets = try EntryBundle.encode((0..<3).map(Reference.entry))
        let tile = try bundle(3)
        let accepted = octets.indices.filter { count in
            (try? EntryBundle.decode(Array(octets[..<count]), of: tile)) != nil
        }
        #expect(accepted == [])
    }

    @Test func `a bundle has as many entries as it is wide`() throws {
        let octets = try EntryBundle.encode((0..<3).map(Reference.entry))
        #expect(throws: TileError.truncated(try bundle(4), position: 3)) {
            try EntryBundle.decode(octets, of: try bundle(4))
        }
        let left = 2 + Reference.entry(2).count
        #expect(throws: TileError.trailingOctets(try bundle(2), count: left)) {
            try EntryBundle.decode(octets, of: try bundle(2))
        }
    }

    @Test func `a tile of hashes holds no entries`() throws {
        let tile = try #require(Tile.hashes(level: 0, index: 0, width: 1))
        #expect(throws: TileError.holdsHashes(tile)) { try EntryBundle.decode([0, 0], of: tile) }
    }
}
