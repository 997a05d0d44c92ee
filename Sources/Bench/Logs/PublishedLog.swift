import CanonicalJSON
import Forge
import Foundation
import LogReader

/// A forged log in a folder, and the card that pins it.
struct PublishedLog: Sendable {
    /// Where it is published.
    let folder: URL
    /// The card that pins it.
    let card: URL

    /// Publishes a log.
    ///
    /// - Parameter folder: Where log and card go; made when it is not there.
    /// - Throws: ``BenchFault/log(_:)``.
    init(_ forge: Forge, in folder: URL) throws(BenchFault) {
        try self.init(
            forge, folder: folder.appendingPathComponent("log", isDirectory: true),
            card: folder.appendingPathComponent("card.json"))
    }

    /// Publishes a log in its folder, with the card as that file.
    ///
    /// - Throws: ``BenchFault/log(_:)``.
    init(_ forge: Forge, folder: URL, card: URL) throws(BenchFault) {
        self.folder = folder
        self.card = card
        do {
            try forge.publish(to: folder)
            try Data(try forge.card.value.canonicalOctets).write(to: card)
        } catch {
            throw .log("\(error)")
        }
    }

    /// The octets of all its tiles.
    ///
    /// - Throws: ``BenchFault/file(path:reason:)``.
    func octets() throws(BenchFault) -> Int {
        do {
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            return try files.reduce(0) { sum, name in
                let path = folder.appendingPathComponent(name).path
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                let isFile = attributes[.type] as? FileAttributeType == .typeRegular
                return sum + (isFile ? attributes[.size] as? Int ?? 0 : 0)
            }
        } catch {
            throw .file(path: folder.path, reason: "\(error)")
        }
    }
}
