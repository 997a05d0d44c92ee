import TransparencyLog

/// A source's tiles, with the full tile standing in for a partial one that is gone.
struct LogFiles: Sendable {
    let source: any LogSource

    /// The hashes of a tile.
    func digests(of tile: Tile) async throws(LogFetchError) -> [Digest] {
        let (found, octets) = try await read(tile)
        do throws(TileError) {
            return Array(try found.digests(in: octets).prefix(tile.width))
        } catch {
            throw .tile(error)
        }
    }

    /// The entries of a bundle.
    func entries(of tile: Tile) async throws(LogFetchError) -> [[UInt8]] {
        let (found, octets) = try await read(tile)
        do throws(TileError) {
            return Array(try EntryBundle.decode(octets, of: found).prefix(tile.width))
        } catch {
            throw .tile(error)
        }
    }

    private func read(_ tile: Tile) async throws(LogFetchError) -> (Tile, [UInt8]) {
        do throws(LogSourceError) {
            // The log may have grown since the checkpoint, and a full tile replaced the partial.
            for candidate in tile.isFull ? [tile] : [tile, tile.full] {
                guard let octets = try await source.octets(of: candidate) else { continue }
                guard octets.count <= candidate.octetsMax else {
                    throw .tooLarge(path: candidate.path, limit: candidate.octetsMax)
                }
                return (candidate, octets)
            }
        } catch {
            throw .source(error)
        }
        throw .missing(tile)
    }
}
