import AsyncHTTPClient
import CanonicalJSON
import Foundation
import LogReader
import TransparencyLog

/// Whether another copy of a log, or a checkpoint seen elsewhere, is of the same history.
struct LogComparison {
    /// The log that was verified.
    let log: VerifiedLog
    /// What pins it.
    let card: CommunityCard
    /// Where it is.
    let place: String

    private var own: Checkpoint { log.checkpoint.checkpoint }

    /// Compares.
    ///
    /// - Parameters:
    ///   - other: A folder, an address, or a checkpoint file.
    ///   - json: Whether the proof of a fork is printed as JSON.
    /// - Throws: ``Complaint``: refused when the log's key signed two histories; unreachable when
    ///   the other is ahead, and only a checkpoint.
    func check(
        _ other: String, _ client: HTTPClient, allowsPlainHTTP: Bool, json: Bool
    ) async throws {
        let key = try VerifierKey(text: card.key)
        let file = URL(fileURLWithPath: LocalFile.expanded(other))
        let kind = try? file.resourceValues(forKeys: [.isRegularFileKey])
        if kind?.isRegularFile == true {
            let octets = try LocalFile.read(other, limit: SignedNote.octetsMax)
            let offered = try Self.checkpoint(octets, key, at: other)
            try compare(offered, at: other, json: json)
            guard offered.checkpoint.size <= own.size else {
                throw Complaint(
                    .unreachable,
                    "this copy has \(own.size) entries, the checkpoint is of "
                        + "\(offered.checkpoint.size): it cannot tell yet", at: other,
                    next: "compare with the copy that the checkpoint came from")
            }
            return
        }
        let copy = LogPlace(text: other, allowsPlainHTTP: allowsPlainHTTP).insideData
        let source = try copy.source(client, option: "--compare")
        guard let octets = try await source.checkpoint() else {
            throw Complaint(
                .unreachable, "nothing is published there", at: other,
                next: "name a log's folder, its address, or a checkpoint file")
        }
        let offered = try Self.checkpoint(octets, key, at: other)
        try compare(offered, at: other, json: json)
        guard offered.checkpoint.size > own.size else { return }
        do throws(LogFetchError) {
            _ = try await LogFetcher(source: source, key: key).advance(
                from: log.checkpoint, entriesFrom: 0)
        } catch .fork(_, let offered) {
            throw try fork(offered, at: other, json: json)
        } catch {
            throw Complaint.refused("the other copy is refused: \(error)", at: other)
        }
    }

    /// Compares a checkpoint that is not ahead with the tree that it must have been of.
    private func compare(
        _ offered: SignedCheckpoint, at other: String, json: Bool
    ) throws {
        guard offered.checkpoint.size <= own.size else { return }
        guard try log.tree.root(atSize: offered.checkpoint.size) != offered.checkpoint.root else {
            return
        }
        throw try fork(offered, at: other, json: json)
    }

    private func fork(
        _ offered: SignedCheckpoint, at other: String, json: Bool
    ) throws(Complaint) -> Complaint {
        let notes = [log.checkpoint, offered].map {
            String(decoding: $0.note.octets, as: UTF8.self)
        }
        if json {
            let listed: [JSONValue] = notes.map { .string($0) }
            try Output.data(
                (["checkpoints": .array(listed), "fork": true, "valid": false] as JSONValue)
                    .canonicalText)
        } else {
            for note in notes { try Output.data(note) }
        }
        return .refused(
            "the log's key signed two histories: \(own.size) entries with root \(own.root), "
                + "\(offered.checkpoint.size) with root \(offered.checkpoint.root)",
            at: "\(place), \(other)",
            next: "the two checkpoints printed are the proof; show them to the other members")
    }

    private static func checkpoint(
        _ octets: [UInt8], _ key: VerifierKey, at place: String
    ) throws(Complaint) -> SignedCheckpoint {
        do throws(CheckpointError) {
            return try SignedCheckpoint(octets: octets, key: key)
        } catch {
            throw .refused("not a checkpoint of this log: \(error)", at: place)
        }
    }
}
