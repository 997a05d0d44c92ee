import AsyncHTTPClient
import Council
import Foundation
import Governance
import LogHTTP
import LogReader
import Routing
import Store
import TransparencyLog

/// Makes a council's database from the published log, and never lets the log key sign two
/// histories.
struct LogRebuild {
    /// The community; its log key and card are there.
    let folder: DataFolder
    /// The published log.
    let place: LogPlace
    /// Checkpoints that others saw, as files: the log must not be behind them.
    let seen: [String]

    /// What came of it.
    struct Rebuilt {
        /// The log that the database now holds.
        let log: VerifiedLog
        /// Where the database before is kept; `nil` when there was none.
        let old: String?
    }

    /// Rebuilds.
    ///
    /// - Throws: ``Complaint``; the database is then as it was.
    func perform() async throws -> Rebuilt {
        let signers = try folder.signers()
        let signer = signers.pinned
        let pinned = try LogPlace.card(in: folder.card.path)
        // What was put to the key and not published yet has no cosignatures; the council asks the
        // witnesses for them again before it publishes anything.
        let card = CommunityCard(
            origin: pinned.origin, key: pinned.key, constituted: pinned.constituted)
        guard signer.verifier.text == card.key else {
            throw Complaint.refused(
                "the log key is not the card's", at: folder.logKey.path,
                next: "put the community's own key and card there, from a backup")
        }
        let rebuild: JournalRebuild
        do throws(StoreError) {
            rebuild = try JournalRebuild(path: folder.store.path)
        } catch {
            throw Complaint.refused("\(error)", at: folder.store.path)
        }
        do {
            let log = try await fill(rebuild.journal, card, signers)
            try check(log, signer.verifier)
            try LastSigned(folder.lastSigned).catchUp(
                with: log.checkpoint.checkpoint, of: log.tree)
            if place.folder?.standardizedFileURL != folder.log.standardizedFileURL {
                try LogFolder(folder.log).fill(
                    log.tree, log.checkpoint, from: rebuild.journal)
            }
            let old = try rebuild.finish(keepingOldAs: "before-\(Moment.now)")
            return Rebuilt(log: log, old: old)
        } catch {
            rebuild.abandon()
            throw Self.complaint(error, at: place.text)
        }
    }

    /// Verifies the log from its first entry, and writes each entry down as it is taken.
    private func fill(
        _ journal: SQLiteJournal, _ card: CommunityCard, _ signers: LogSigners
    ) async throws -> VerifiedLog {
        let client = HTTPSource.makeClient()
        var writer = JournalWriter(journal)
        do {
            let source = try place.source(client, option: "--log")
            let published = try await source.checkpoint().map {
                try SignedCheckpoint(octets: $0, key: signers.pinned.verifier).checkpoint.size
            }
            let ahead = try signedAhead(of: published ?? 0, source, signers)
            let log: VerifiedLog
            do {
                log = try await VerifiedLog(card, ahead ?? source) { taken, _ in
                    writer.take(taken)
                }
            } catch FollowFault.fetch(.missing) where ahead != nil {
                let signed = try LastSigned(folder.lastSigned).read()
                throw CouncilFault.entriesLost(
                    signed: signed?.size ?? 0, found: published ?? 0)
            }
            try await client.shutdown()
            try writer.finish()
            return log
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    /// The log as far as was put to its key, when that is more than was published: its tiles were
    /// there before, and what may have been signed must stay.
    private func signedAhead(
        of published: Int, _ source: any LogSource, _ signers: LogSigners
    ) throws -> SignedAheadSource? {
        guard let signed = try LastSigned(folder.lastSigned).read(), signed.size > published else {
            return nil
        }
        return SignedAheadSource(
            source: source, note: try signed.signed(by: signers.all).note.octets)
    }

    private func check(_ log: VerifiedLog, _ key: VerifierKey) throws {
        for file in seen {
            let octets = try LocalFile.read(file, limit: SignedNote.octetsMax)
            let checkpoint: Checkpoint
            do throws(CheckpointError) {
                checkpoint = try SignedCheckpoint(octets: octets, key: key).checkpoint
            } catch {
                throw Complaint.usage("not a checkpoint of this log: \(error)", at: file)
            }
            let size = log.checkpoint.checkpoint.size
            guard checkpoint.size <= size else {
                throw Complaint.refused(
                    "the log key signed \(checkpoint.size) entries, this copy has \(size); going "
                        + "on from it would be a second history", at: file,
                    next: "name the newest copy of the log with --log")
            }
            guard try log.tree.root(atSize: checkpoint.size) == checkpoint.root else {
                throw Complaint.refused(
                    "this copy is another history than the checkpoint's", at: file,
                    next: "keep both; they prove that the log's key signed two histories")
            }
        }
    }

    private static func complaint(_ error: any Error, at place: String) -> any Error {
        switch error {
        case is Complaint: return error
        case let fault as FollowFault: return VerifiedLog.complaint(about: fault, at: place)
        case CouncilFault.entriesLost(let signed, let found):
            return Complaint.refused(
                "\(signed) entries were put to the log key, this copy has \(found); going on from "
                    + "it would be a second history", at: place,
                next: "name the newest copy of the log with --log")
        case CouncilFault.rootMismatch(let size, _):
            return Complaint.refused(
                "this copy is not the log that was signed at \(size) entries", at: place,
                next: "keep it; name a copy of the log that members know")
        default: return Complaint.refused(Reason.text(error), at: place)
        }
    }
}

/// A log whose newest checkpoint was put to the key and not published any more.
private struct SignedAheadSource: LogSource {
    let source: any LogSource
    let note: [UInt8]

    func checkpoint() async throws(LogSourceError) -> [UInt8]? { note }

    func octets(of tile: Tile) async throws(LogSourceError) -> [UInt8]? {
        try await source.octets(of: tile)
    }
}
