import Foundation
import LogReader
import TransparencyLog

/// The checkpoint that a gateway accepted last, kept over its restarts: it never goes back.
struct AcceptedCheckpoint: Sendable {
    private let folder: URL
    private var file: URL { folder.appendingPathComponent("accepted-checkpoint") }

    init(_ folder: URL) { self.folder = folder }

    /// The checkpoint accepted last; `nil` at the first start.
    ///
    /// A file that the log's key did not sign was edited, or belongs to another community. It is
    /// moved aside as evidence and counts for nothing: the gateway replays the log from its first
    /// entry.
    ///
    /// - Throws: ``Complaint`` when it can be neither read nor moved.
    func read(key: VerifierKey) throws(Complaint) -> SignedCheckpoint? {
        let octets: [UInt8]?
        do {
            octets = try DurableFile.read(file, octetsMax: SignedNote.octetsMax)
        } catch {
            throw .refused(
                "the checkpoint accepted last cannot be read: \(Reason.text(error))", at: file.path)
        }
        do {
            return try octets.map { try SignedCheckpoint(octets: $0, key: key) }
        } catch {
            try setAside(why: "\(error)")
            return nil
        }
    }

    private func setAside(why: String) throws(Complaint) {
        let refused = folder.appendingPathComponent("refused-checkpoint-\(Moment.now)")
        do {
            try FileManager.default.moveItem(at: file, to: refused)
        } catch {
            throw .refused(
                "the checkpoint accepted last is refused (\(why)) and cannot be moved aside: "
                    + Reason.text(error), at: file.path)
        }
        Output.words("the checkpoint accepted last is refused: \(why)")
        Output.words("it is kept in \(refused.path); the log is replayed from its first entry")
    }

    /// Keeps a checkpoint.
    ///
    /// - Throws: The system's error.
    func write(_ checkpoint: SignedCheckpoint) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try DurableFile.write(checkpoint.note.octets, to: file)
    }

    /// Keeps two checkpoints that contradict each other, as proof.
    ///
    /// - Returns: Their files.
    /// - Throws: The system's error.
    func keepEvidence(_ accepted: SignedCheckpoint, _ offered: SignedCheckpoint) throws -> [String]
    {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var files: [String] = []
        for (name, checkpoint) in [("accepted", accepted), ("offered", offered)] {
            let file = folder.appendingPathComponent(
                "evidence-\(name)-\(checkpoint.checkpoint.size)-\(checkpoint.checkpoint.root.hex)")
            try DurableFile.write(checkpoint.note.octets, to: file)
            files.append(file.path)
        }
        return files
    }
}
