package import TransparencyLog

/// Takes new entries from a source, after checking them against the log's signature.
///
/// It judges the log's files, not what the entries say: that is the reducer's. It keeps nothing
/// between calls; what was accepted is handed in, so that a caller persists it as it likes.
package struct LogFetcher: Sendable {
    /// How often a checkpoint is read anew when files of the one before are gone.
    private static let attemptsMax = 3

    private let source: any LogSource
    private let key: VerifierKey
    private let witnesses: WitnessPolicy

    /// Follows the log with `key` through `source`.
    ///
    /// - Parameter witnesses: Whose cosignatures a checkpoint needs.
    package init(source: any LogSource, key: VerifierKey, witnesses: WitnessPolicy = .none) {
        self.source = source
        self.key = key
        self.witnesses = witnesses
    }

    /// Reads the newest checkpoint and proves that it continues the accepted one.
    ///
    /// The signature, the size, the tiles at the right edge, consistency and the witnesses are
    /// checked before it returns. Entries are checked as they are read from the advance.
    ///
    /// - Parameters:
    ///   - accepted: The last checkpoint that the caller accepted, ever; `nil` for none.
    ///   - start: How many entries the caller has: fewer than accepted when it replays at a start.
    /// - Returns: What to read; `nil` when nothing was published yet.
    /// - Throws: ``LogFetchError``.
    package func advance(
        from accepted: SignedCheckpoint?, entriesFrom start: Int
    ) async throws(LogFetchError) -> LogAdvance? {
        var attempt = 1
        while true {
            guard let offered = try await checkpoint() else { return nil }
            do throws(LogFetchError) {
                return try await advance(from: accepted, to: offered, start: start)
            } catch .missing(let tile) {
                // A log that grows takes partial tiles away; a newer checkpoint needs others.
                guard attempt < LogFetcher.attemptsMax else { throw .missing(tile) }
                attempt += 1
            } catch {
                throw error
            }
        }
    }

    private func advance(
        from accepted: SignedCheckpoint?, to offered: SignedCheckpoint, start: Int
    ) async throws(LogFetchError) -> LogAdvance {
        let new = offered.checkpoint
        if let accepted {
            let old = accepted.checkpoint
            guard new.size >= old.size else {
                throw .rollback(accepted: accepted, offered: offered)
            }
            guard new.size > old.size || new.root == old.root else {
                throw .fork(accepted: accepted, offered: offered)
            }
        }
        guard start >= 0, start <= new.size else {
            throw .startsBeyondEnd(start: start, size: new.size)
        }
        let files = LogFiles(source: source)
        var tiles = try await VerifiedTiles(checkpoint: offered, files: files)
        if let accepted {
            var digests: [Digest] = []
            for subtree in TreeShape.subtrees(of: 0..<accepted.checkpoint.size) {
                digests.append(try await tiles.root(of: subtree))
            }
            guard TreeShape.root(of: digests) == accepted.checkpoint.root else {
                throw .fork(accepted: accepted, offered: offered)
            }
        }
        // Last, since two histories that the log signed are proof whoever cosigned them.
        return LogAdvance(
            tiles: tiles, files: files, position: start, cosignatures: try witnessed(offered))
    }

    /// Who cosigned, and whether readers take it.
    private func witnessed(
        _ offered: SignedCheckpoint
    ) throws(LogFetchError) -> [Cosignature] {
        let cosignatures: [Cosignature]
        do throws(NoteError) {
            cosignatures = try witnesses.cosignatures(of: offered)
        } catch {
            throw .checkpoint(.note(error))
        }
        guard witnesses.isMet(by: cosignatures) || witnesses.tooFew == .serve else {
            throw .tooFewWitnesses(
                size: offered.checkpoint.size, cosigned: cosignatures.map(\.key.name),
                threshold: witnesses.threshold)
        }
        return cosignatures
    }

    private func checkpoint() async throws(LogFetchError) -> SignedCheckpoint? {
        let octets: [UInt8]?
        do throws(LogSourceError) {
            octets = try await source.checkpoint()
        } catch {
            throw .source(error)
        }
        guard let octets else { return nil }
        do throws(CheckpointError) {
            return try SignedCheckpoint(octets: octets, key: key)
        } catch {
            throw .checkpoint(error)
        }
    }
}
