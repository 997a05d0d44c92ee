extension Tile {
    private static let root = "tile"
    private static let entries = "entries"
    private static let partialMark = ".p"
    /// Six groups and `x` marks hold any index; longer paths are none of ours.
    package static let pathOctetsMax = 64

    /// Where the tile is, below the log's address: `tile/0/x001/x234/067`, `tile/entries/000.p/7`.
    package var path: String {
        let kind =
            switch content {
            case .hashes(let level): String(level)
            case .entries: Tile.entries
            }
        var groups = [Tile.threeDigits(index % 1_000)]
        var rest = index / 1_000
        while rest > 0 {
            groups.insert("x" + Tile.threeDigits(rest % 1_000), at: 0)
            rest /= 1_000
        }
        let place = ([Tile.root, kind] + groups).joined(separator: "/")
        return isFull ? place : "\(place)\(Tile.partialMark)/\(width)"
    }

    /// Reads the path of a tile, in its one spelling.
    ///
    /// - Throws: ``TilePathError``.
    package init(path: String) throws(TilePathError) {
        let count = path.utf8.count
        guard count <= Tile.pathOctetsMax else {
            throw .tooLong(limit: Tile.pathOctetsMax, actual: count)
        }
        var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].elementsEqual(Tile.root.utf8) else { throw .notATile }
        let content: Content
        if parts[1].elementsEqual(Tile.entries.utf8) {
            content = .entries
        } else {
            guard let level = Decimal.parse(parts[1]), level <= Tile.levelMax else {
                throw .level
            }
            content = .hashes(level: level)
        }
        var width = Tile.fullWidth
        let beforeLast = parts[parts.count - 2]
        if beforeLast.suffix(Tile.partialMark.utf8.count).elementsEqual(Tile.partialMark.utf8) {
            guard let partial = Decimal.parse(parts[parts.count - 1]),
                (1..<Tile.fullWidth).contains(partial)
            else { throw .width }
            width = partial
            parts.removeLast()
            parts[parts.count - 1] = beforeLast.dropLast(Tile.partialMark.utf8.count)
        }
        guard let index = Tile.index(groups: parts.dropFirst(2)) else { throw .index }
        self.init(content: content, index: index, width: width)
    }

    private static func index(groups: ArraySlice<Substring.UTF8View>) -> Int? {
        var index = 0
        for (place, group) in groups.enumerated() {
            let isLast = place == groups.count - 1
            let digits = isLast ? group : group.dropFirst()
            guard isLast || group.first == UInt8(ascii: "x"), digits.count == 3 else { return nil }
            // A first group of zeros would be a second spelling.
            guard isLast || place > 0 || !digits.elementsEqual("000".utf8) else { return nil }
            for digit in digits {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
                let (product, overflows) = index.multipliedReportingOverflow(by: 10)
                let (sum, exceeds) = product.addingReportingOverflow(
                    Int(digit - UInt8(ascii: "0")))
                guard !overflows, !exceeds, sum <= indexMax else { return nil }
                index = sum
            }
        }
        return index
    }

    private static func threeDigits(_ value: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}
