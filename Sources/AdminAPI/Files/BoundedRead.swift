import Foundation

/// Why a file was not read.
enum BoundedReadError: Error, Equatable, CustomStringConvertible {
    /// No file is there.
    case missing
    /// It is longer than the limit, octets.
    case tooLong(limit: Int)
    /// The system's own words.
    case failed(String)

    var description: String {
        switch self {
        case .missing: "is not there"
        case .tooLong(let limit): "is longer than \(limit) octets"
        case .failed(let reason): reason
        }
    }
}

/// Reads whole files that are small by nature.
enum BoundedRead {
    /// Reads a file, at most so many octets.
    ///
    /// - Throws: ``BoundedReadError``.
    static func file(_ path: String, octetsMax: Int) throws(BoundedReadError) -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path) else { throw .missing }
        do {
            defer { try? file.close() }
            // One octet more than allowed tells a file that is too long, however it grows
            // meanwhile.
            let data = try file.read(upToCount: octetsMax + 1) ?? Data()
            guard data.count <= octetsMax else { throw BoundedReadError.tooLong(limit: octetsMax) }
            return Array(data)
        } catch let error as BoundedReadError {
            throw error
        } catch {
            throw .failed(String(describing: error))
        }
    }
}
