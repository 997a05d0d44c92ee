package import Foundation
package import TransparencyLog

/// A log in a folder, with the layout of C2SP tlog-tiles: `checkpoint`, `tile/…`.
///
/// Reads block the caller's thread: they are local files of a few kilobytes.
package struct FolderSource: LogSource {
    /// The folder that holds `checkpoint`.
    package let folder: URL

    /// Names the folder; whether it is there shows when it is read.
    package init(folder: URL) {
        self.folder = folder
    }

    /// Reads the file `checkpoint`.
    ///
    /// - Throws: ``LogSourceError/unreadable(path:reason:)`` or
    ///   ``LogSourceError/tooLarge(path:limit:)``.
    package func checkpoint() async throws(LogSourceError) -> [UInt8]? {
        try read(Checkpoint.path, octetsMax: LogSourceLimits.checkpointOctetsMax)
    }

    /// Reads the file of a tile.
    ///
    /// - Throws: ``LogSourceError/unreadable(path:reason:)`` or
    ///   ``LogSourceError/tooLarge(path:limit:)``.
    package func octets(of tile: Tile) async throws(LogSourceError) -> [UInt8]? {
        try read(tile.path, octetsMax: tile.octetsMax)
    }

    private func read(_ path: String, octetsMax: Int) throws(LogSourceError) -> [UInt8]? {
        let file = folder.appendingPathComponent(path)
        do {
            return try DurableFile.read(file, octetsMax: octetsMax)
        } catch CocoaError.fileReadTooLarge {
            throw .tooLarge(path: file.path, limit: octetsMax)
        } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
            // It went between the look and the reading.
            return nil
        } catch {
            throw .unreadable(path: file.path, reason: error.localizedDescription)
        }
    }
}
