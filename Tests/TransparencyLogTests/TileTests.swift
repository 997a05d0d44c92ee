import Testing
import TransparencyLog

@Suite("Tiles")
struct TileTests {
    private func paths(_ old: Int, _ new: Int) -> [String] {
        Tile.needed(from: old, to: new).map(\.path)
    }

    @Test func `70,000 entries have the tiles of the specification`() {
        let tiles = Tile.needed(from: 0, to: 70_000)
        func full(_ content: Tile.Content) -> Int {
            tiles.filter { $0.content == content && $0.isFull }.count
        }
        func partial(_ content: Tile.Content) -> [Int] {
            tiles.filter { $0.content == content && !$0.isFull }.map(\.width)
        }
        #expect(full(.entries) == 273)
        #expect(partial(.entries) == [112])
        #expect(full(.hashes(level: 0)) == 273)
        #expect(partial(.hashes(level: 0)) == [112])
        #expect(full(.hashes(level: 1)) == 1)
        #expect(partial(.hashes(level: 1)) == [17])
        #expect(full(.hashes(level: 2)) == 0)
        #expect(partial(.hashes(level: 2)) == [1])
        #expect(tiles.count == 274 + 274 + 2 + 1)
    }

    @Test func `growing writes what changed and no more`() {
        #expect(paths(0, 0) == [])
        #expect(paths(5, 5) == [])
        #expect(paths(0, 1) == ["tile/entries/000.p/1", "tile/0/000.p/1"])
        #expect(paths(1, 2) == ["tile/entries/000.p/2", "tile/0/000.p/2"])
        #expect(paths(255, 256) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
        #expect(paths(256, 257) == ["tile/entries/001.p/1", "tile/0/001.p/1"])
        #expect(
            paths(250, 515) == [
                "tile/entries/000", "tile/entries/001", "tile/entries/002.p/3",
                "tile/0/000", "tile/0/001", "tile/0/002.p/3", "tile/1/000.p/2",
            ])
        #expect(
            paths(65_535, 65_536) == [
                "tile/entries/255", "tile/0/255", "tile/1/000", "tile/2/000.p/1",
            ])
    }

    @Test func `growing in steps and at once end with the same full tiles`() {
        var stepped: Set<Tile> = []
        for size in stride(from: 0, to: 70_000, by: 97) {
            stepped.formUnion(Tile.needed(from: size, to: min(size + 97, 70_000)))
        }
        let direct = Set(Tile.needed(from: 0, to: 70_000))
        #expect(stepped.filter(\.isFull) == direct.filter(\.isFull))
        #expect(direct.isSubset(of: stepped))
    }

    @Test func `tiles of every level hold the roots of their subtrees`() throws {
        let tree = Fixture.tree(70_000)
        for tile in Tile.needed(from: 0, to: 70_000) where tile.content != .entries {
            let digests = try tile.digests(in: try tree.octets(of: tile))
            try #require(digests.count == tile.width)
            guard case .hashes(let level) = tile.content else { continue }
            let leaves = 1 << (8 * level)
            let first = (tile.index * 256 + tile.width - 1) * leaves
            let subtree = try (first..<(first + leaves)).map { try tree.leaf(at: $0) }
            #expect(digests.last == MerkleTree(leaves: subtree).root, "\(tile.path)")
        }
    }

    @Test(arguments: [1, 255, 256, 257, 700])
    func `the tree is built again from its tiles`(size: Int) throws {
        let tree = Fixture.tree(size)
        let tiles = try Tile.needed(from: 0, to: size).filter { $0.content == .hashes(level: 0) }
            .map { try $0.digests(in: try tree.octets(of: $0)) }
        #expect(try MerkleTree(tiles: tiles, size: size).root == tree.root)
        #expect(throws: TreeError.missingLeaves(size: size + 1, found: size)) {
            try MerkleTree(tiles: tiles, size: size + 1)
        }
    }

    @Test func `a tile that is wider than the log has no octets`() throws {
        let tree = Fixture.tree(10)
        for tile in [
            Tile.hashes(level: 0, index: 0, width: 11), .hashes(level: 1, index: 0, width: 1),
            .hashes(level: 7, index: Tile.indexMax), .entries(index: 0, width: 1),
        ] {
            let tile = try #require(tile)
            #expect(throws: TreeError.noSuchTile(tile)) { try tree.octets(of: tile) }
        }
    }

    @Test func `a tile finds where a hash is`() throws {
        let edge = try #require(
            Tile.holding(position: 69_999, content: .hashes(level: 0), size: 70_000))
        #expect(edge.tile.path == "tile/0/273.p/112")
        #expect(edge.offset == 111)
        let inner = try #require(Tile.holding(position: 300, content: .entries, size: 70_000))
        #expect(inner.tile.path == "tile/entries/001")
        #expect(inner.offset == 44)
        #expect(Tile.holding(position: 70_000, content: .entries, size: 70_000) == nil)
        #expect(Tile.holding(position: 273, content: .hashes(level: 1), size: 70_000) == nil)
    }

    @Test(arguments: [0, 31, 33, 64])
    func `a tile of another length is refused`(count: Int) throws {
        let tile = try #require(Tile.hashes(level: 0, index: 0, width: 1))
        #expect(throws: TileError.wrongLength(tile, expected: 32, actual: count)) {
            try tile.digests(in: [UInt8](repeating: 0, count: count))
        }
    }
}
