package import Foundation
import TransparencyLog

extension LogInspection {
    /// The most files that are looked at besides those that the checkpoint needs.
    package static let folderFilesMax = 1_000_000

    /// Compares the files of a folder that no reader of its checkpoint asks for, such as partial
    /// tiles of earlier sizes: somebody may have followed a checkpoint that needs them.
    ///
    /// - Returns: Files that the checkpoint does not cover: the beginning of a growth, or none of
    ///   the log's.
    /// - Throws: The system's error when a file cannot be read.
    package mutating func inspectOthers(in folder: URL) throws -> [String] {
        let needed = Set(Tile.needed(from: 0, to: checkpoint.checkpoint.size).map(\.path))
        var others: [String] = []
        let found = FileManager.default.enumerator(atPath: folder.path)
        for case let path as String in found ?? .init() {
            let file = folder.appendingPathComponent(path)
            // What is gone by now was a log's that goes on: its temporary file, or a partial tile.
            guard let kind = try? file.resourceValues(forKeys: [.isDirectoryKey]),
                kind.isDirectory != true, path != Checkpoint.path, !needed.contains(path)
            else { continue }
            guard others.count < Self.folderFilesMax else { return others }
            guard let tile = try? Tile(path: path),
                let octets = try DurableFile.read(file, octetsMax: tile.octetsMax),
                inspect(tile, octets: octets)
            else {
                others.append(path)
                continue
            }
        }
        return others.sorted()
    }
}
