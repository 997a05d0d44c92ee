import Testing
import TransparencyLog

@Suite("Paths of tiles")
struct TilePathTests {
    @Test(arguments: [
        (0, "000"), (1, "001"), (999, "999"), (1_000, "x001/000"), (1_234_067, "x001/x234/067"),
        (1_000_000, "x001/x000/000"),
    ])
    func `an index is groups of three digits`(index: Int, path: String) throws {
        let tile = try #require(Tile.hashes(level: 3, index: index))
        let bundle = try #require(Tile.entries(index: index, width: 7))
        #expect(tile.path == "tile/3/\(path)")
        #expect(bundle.path == "tile/entries/\(path).p/7")
        #expect(try Tile(path: tile.path) == tile)
        #expect(try Tile(path: bundle.path) == bundle)
    }

    @Test func `the largest index comes back`() throws {
        let tile = try #require(Tile.hashes(level: 0, index: Tile.indexMax, width: 255))
        #expect(try Tile(path: tile.path) == tile)
        #expect(Tile.hashes(level: 0, index: Tile.indexMax + 1) == nil)
    }

    @Test(arguments: 1...255)
    func `every partial width comes back`(width: Int) throws {
        let tile = try #require(Tile.hashes(level: 0, index: 1, width: width))
        #expect(tile.path == "tile/0/001.p/\(width)")
        #expect(try Tile(path: tile.path) == tile)
    }

    @Test(arguments: [
        ("", TilePathError.notATile), ("checkpoint", .notATile), ("tile", .notATile),
        ("tile/0", .notATile), ("/tile/0/000", .notATile), ("tiles/0/000", .notATile),
        ("tile/8/000", .level), ("tile/00/000", .level), ("tile/-1/000", .level),
        ("tile/data/000", .level), ("tile//000", .level),
        ("tile/0/0", .index), ("tile/0/0000", .index), ("tile/0/1000", .index),
        ("tile/0/x000/000", .index), ("tile/0/x000/x001/000", .index), ("tile/0/x001", .index),
        ("tile/0/001/000", .index), ("tile/0/000/", .index), ("tile/0/", .index),
        ("tile/0/0a0", .index), ("tile/0/../000", .index), ("tile/0/%30", .index),
        ("tile/0/x999/x999/x999/x999/x999/x999/999", .index),
        ("tile/0/000.p/0", .width), ("tile/0/000.p/256", .width), ("tile/0/000.p/01", .width),
        ("tile/0/000.p/", .width), ("tile/0/000.p/x", .width),
        ("tile/0/000.p", .index), ("tile/0/.p/1", .index), ("tile/0.p/1", .level),
    ])
    func `any other path is refused`(path: String, error: TilePathError) {
        #expect(throws: error) { try Tile(path: path) }
    }

    @Test func `a path has a limit`() {
        let path = "tile/0/" + String(repeating: "x001/", count: 1_000) + "000"
        #expect(throws: TilePathError.tooLong(limit: 64, actual: 5_010)) { try Tile(path: path) }
    }
}
