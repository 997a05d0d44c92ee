import Foundation
import LogReader
package import TransparencyLog

/// Cosigns checkpoints of logs: each only if it continues what was cosigned before, and only after
/// that was stored.
///
/// An actor whose decisions have no suspension in them, so that requests for one log, and for all,
/// come one after the other: between two that race, neither could sign what the other ruled out.
package actor Witness {
    private let signer: WitnessSigner
    private let judge: CheckpointJudge
    private let file: HeadsFile
    private let evidence: URL
    private let clock: @Sendable () -> Int64
    private let tell: @Sendable (String) -> Void
    private var heads: [CosignedHead]

    /// The witness's key.
    package nonisolated let key: WitnessKey
    /// The logs that it cosigns.
    package nonisolated let logs: [WitnessedLog]

    /// Files of contradictions that are kept, two for each, which is enough to convict.
    private static let evidenceMax = 64

    /// Begins where the witness of that folder stopped.
    ///
    /// - Parameters:
    ///   - folder: What it stored.
    ///   - signer: Its key.
    ///   - logs: The logs that it cosigns, at most ``WitnessedLog/countMax``.
    ///   - clock: The time, milliseconds since 1970.
    ///   - tell: Told of every contradiction, in a sentence.
    /// - Throws: ``WitnessFault``.
    package init(
        folder: WitnessFolder, signer: WitnessSigner, logs: [WitnessedLog],
        clock: @escaping @Sendable () -> Int64, tell: @escaping @Sendable (String) -> Void
    ) throws(WitnessFault) {
        try Self.check(logs, signer.witness)
        self.signer = signer
        key = signer.witness
        self.logs = logs
        judge = CheckpointJudge(logs: logs)
        file = HeadsFile(folder.heads)
        evidence = folder.evidence
        self.clock = clock
        self.tell = tell
        heads = try file.read(by: signer.witness)
    }

    private static func check(
        _ logs: [WitnessedLog], _ key: WitnessKey
    ) throws(WitnessFault) {
        guard logs.count <= WitnessedLog.countMax else {
            throw .logs("\(logs.count) logs; at most \(WitnessedLog.countMax) are witnessed")
        }
        for (place, log) in logs.enumerated() {
            guard !logs[..<place].contains(where: { $0.origin == log.origin }) else {
                throw .logs("two logs with the origin \(log.origin); name each once")
            }
            guard log.key.octets != key.octets else {
                throw .logs("\(log.origin) has this witness's own key; a witness is another's")
            }
        }
    }

    /// Answers `add-checkpoint`.
    ///
    /// - Parameter octets: The request's body.
    /// - Returns: The cosignature's line, after it was stored.
    /// - Throws: ``AddCheckpointRefusal``.
    package func add(_ octets: [UInt8]) throws(AddCheckpointRefusal) -> NoteSignature {
        let request: AddCheckpointRequest
        do {
            request = try AddCheckpointRequest(octets: octets)
        } catch {
            throw .malformed(error)
        }
        let log = try judge.log(of: request)
        let place = heads.firstIndex { $0.checkpoint.origin == log.origin }
        let known = place.map { heads[$0] }
        let checkpoint: SignedCheckpoint
        do {
            checkpoint = try judge.judge(request, of: log, after: known?.checkpoint)
        } catch {
            if let known { keepEvidence(request, known, error) }
            throw error
        }
        guard known != nil || heads.count < HeadsFile.countMax else {
            throw .notStored("\(heads.count) logs are remembered, the most that there may be")
        }
        // A clock that was set back must not date a larger tree before a smaller one.
        let time = max(Int(clock() / 1000), known?.time ?? 0)
        do {
            let head = try CosignedHead(
                cosigning: checkpoint, of: log, by: signer, time: time)
            var next = heads
            if let place { next[place] = head } else { next.append(head) }
            // Nothing was handed out for what is not known to be stored, so after a failure the
            // heads in memory are still all that anybody saw.
            try file.write(next)
            heads = next
            guard let line = head.note.signatures.last else {
                preconditionFailure("a head ends in the witness's line")
            }
            return line
        } catch {
            throw .notStored("\(error)")
        }
    }

    /// The newest checkpoint cosigned of a log, for monitors.
    ///
    /// - Parameter originHash: SHA-256 of its origin, lower-case hexadecimal.
    /// - Returns: `nil` when none was cosigned, or the log is not witnessed any more.
    package func checkpoint(originHash: String) -> SignedNote? {
        guard let log = logs.first(where: { $0.originHash == originHash }) else { return nil }
        return heads.first { $0.checkpoint.origin == log.origin }?.note
    }

    /// The size and time of what was cosigned last of a log.
    func latest(of log: WitnessedLog) -> (size: Int, time: Int)? {
        heads.first { $0.checkpoint.origin == log.origin }.map { ($0.checkpoint.size, $0.time) }
    }

    /// What a log signed and that does not continue what it signed before is kept, with that.
    private func keepEvidence(
        _ request: AddCheckpointRequest, _ known: CosignedHead, _ refusal: AddCheckpointRefusal
    ) {
        switch refusal {
        case .fork, .badProof: break
        default: return
        }
        do {
            let present = try FileManager.default.contentsOfDirectory(atPath: evidence.path)
            // The text alone: whoever repeats it with other lines around it tells nothing new, and
            // what is told once must not fill a disk with words either.
            let digest = Digest(hashing: Array(request.note.text.utf8)).hex.prefix(16)
            let name = "\(known.checkpoint.size)-\(digest)"
            guard present.count < Self.evidenceMax, !present.contains("\(name)-offered") else {
                return
            }
            tell("\(known.checkpoint.origin): \(refusal)")
            try DurableFile.write(
                known.note.octets, to: evidence.appendingPathComponent("\(name)-cosigned"))
            try DurableFile.write(
                request.note.octets, to: evidence.appendingPathComponent("\(name)-offered"))
            tell("both checkpoints are kept in \(evidence.path)/\(name)-…")
        } catch {
            tell("the evidence cannot be kept: \(error)")
        }
    }
}
