import Foundation
import LogReader
import TransparencyLog

/// What somebody who edits published files would do; an audit must see it.
enum LogForgery {
    /// Copies a log and turns one yes into something else, in place.
    ///
    /// - Returns: The index of the entry altered.
    /// - Throws: ``Complaint`` when there is no ballot, or the files cannot be read.
    static func alterBallot(in log: URL, to copy: URL) throws(Complaint) -> Int {
        do {
            try FileManager.default.copyItem(at: log, to: copy)
            let note = try Data(contentsOf: copy.appendingPathComponent(Checkpoint.path))
            let checkpoint = try Checkpoint(text: SignedNote(octets: Array(note)).text)
            guard
                let (tile, _) = Tile.holding(
                    position: 0, content: .entries, size: checkpoint.size)
            else { throw Complaint.refused("the log is empty") }
            let file = copy.appendingPathComponent(tile.path)
            var entries = try EntryBundle.decode(Array(try Data(contentsOf: file)), of: tile)
            guard let index = entries.firstIndex(where: isYes) else {
                throw Complaint.refused("the log holds no ballot")
            }
            let text = String(decoding: entries[index], as: UTF8.self)
            entries[index] = Array(
                text.replacing("\"choice\":\"yes\"", with: "\"choice\":\"no\"").utf8)
            try Data(try EntryBundle.encode(entries)).write(to: file)
            return index
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw .refused("the copy cannot be made: \(Reason.text(error))", at: copy.path)
        }
    }

    private static func isYes(_ entry: [UInt8]) -> Bool {
        String(decoding: entry, as: UTF8.self).contains("\"choice\":\"yes\"")
    }
}
