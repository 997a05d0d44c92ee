import CanonicalJSON
import Foundation
import LogReader
import TransparencyLog

/// What a witness cosigned last of every log, in one file that is replaced whole.
///
/// `{"digest":"<SHA-256 of the heads' octets>","heads":["<note>",…],"v":1}`: each note has the
/// witness's own cosignature, which is checked when it is read, and the digest finds what that does
/// not cover. It can be lost or altered, which is found, and never silently begins anew.
struct HeadsFile: Sendable {
    let file: URL

    /// Logs that are remembered, also those that are not witnessed any more: they may come back.
    static let countMax = 1_024
    /// Notes with two lines are below 1 KiB, but for extension lines and long names.
    private static let octetsMax = 4 << 20

    init(_ file: URL) { self.file = file }

    /// Reads all heads.
    ///
    /// - Throws: ``WitnessFault/headsLost(path:)``, ``WitnessFault/corrupt(path:reason:)``.
    func read(by key: WitnessKey) throws(WitnessFault) -> [CosignedHead] {
        let octets: [UInt8]?
        do {
            octets = try DurableFile.read(file, octetsMax: Self.octetsMax)
        } catch {
            throw .file(path: file.path, reason: error.localizedDescription)
        }
        guard let octets else { throw .headsLost(path: file.path) }
        let notes: [JSONValue]
        do {
            let value = try JSONValue(
                parsing: octets, form: .relaxed,
                limits: JSONLimits(octetsMax: Self.octetsMax, depthMax: 4))
            var reader = try ObjectReader(value)
            _ = try reader.integer("v", in: 1...1)
            notes = try reader.array("heads", count: 0...Self.countMax)
            guard try reader.string("digest") == Self.digest(of: .array(notes)) else {
                throw reader.fault("digest", "is not that of the heads")
            }
            try reader.finish()
        } catch {
            throw .corrupt(path: file.path, reason: "\(error)")
        }
        var heads: [CosignedHead] = []
        for (place, note) in notes.enumerated() {
            guard let text = note.string,
                let head = CosignedHead(stored: Array(text.utf8), by: key)
            else {
                throw .corrupt(
                    path: file.path, reason: "head \(place) is not cosigned by this key")
            }
            guard !heads.contains(where: { $0.checkpoint.origin == head.checkpoint.origin })
            else {
                throw .corrupt(
                    path: file.path, reason: "two heads of \(head.checkpoint.origin)")
            }
            heads.append(head)
        }
        return heads
    }

    private static func digest(of notes: JSONValue) -> String {
        Digest(hashing: notes.canonicalOctets).hex
    }

    /// Replaces all heads, durably.
    ///
    /// - Throws: The system's error: the file then holds these heads, or those before.
    func write(_ heads: [CosignedHead]) throws {
        let notes = JSONValue.array(
            heads.map { .string(String(decoding: $0.note.octets, as: UTF8.self)) })
        let value: JSONValue = [
            "v": 1, "heads": notes, "digest": .string(Self.digest(of: notes)),
        ]
        try DurableFile.write(value.canonicalOctets + [UInt8(ascii: "\n")], to: file)
    }
}
