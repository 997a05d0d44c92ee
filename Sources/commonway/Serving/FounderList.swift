import Foundation
import SSHSignature

/// The founders as the command line names them: a handle and an OpenSSH public key each.
struct FounderList: Sendable {
    /// One founder.
    struct Named: Sendable {
        let handle: String
        let key: PublicKey
    }

    private(set) var founders: [Named] = []

    private static let fileOctetsMax = 1 << 20
    private static let keyFileOctetsMax = 16_384
    private static let handleLengths = 1...32

    /// Adds `NAME=FILE.pub`.
    ///
    /// - Throws: ``Complaint`` naming what is wrong with it.
    mutating func add(argument: String) throws(Complaint) {
        guard let equals = argument.firstIndex(of: "=") else {
            throw .usage(
                "\"\(argument)\" is no founder", at: "--founder", next: "write it as ana=ana.pub")
        }
        let file = String(argument[argument.index(after: equals)...])
        let text = try LocalFile.readText(file, limit: Self.keyFileOctetsMax)
        let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
        try add(handle: String(argument[..<equals]), line: line, place: file)
    }

    /// Adds the founders of a file: a line each, `NAME ssh-ed25519 AAAA…`; `#` begins a comment.
    ///
    /// - Throws: ``Complaint`` naming the line.
    mutating func add(file: String) throws(Complaint) {
        let text = try LocalFile.readText(file, limit: Self.fileOctetsMax)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, raw) in lines.enumerated() {
            let line = raw.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let space = line.firstIndex(of: " ") else {
                throw .usage(
                    "no founder", at: "\(file):\(number + 1)",
                    next: "write each line as: ana ssh-ed25519 AAAA…")
            }
            let key = line[space...].trimmingCharacters(in: .whitespaces)
            try add(handle: String(line[..<space]), line: key, place: "\(file):\(number + 1)")
        }
    }

    private mutating func add(
        handle: String, line: String, place: String
    ) throws(Complaint) {
        guard Self.isHandle(handle) else {
            throw .usage(
                "\"\(Output.plain(handle))\" is no handle", at: place,
                next: "use 1…32 of a…z, 0…9 and -, beginning with a letter")
        }
        let key: PublicKey
        do {
            key = try PublicKey(openSSHLine: line)
        } catch {
            throw .usage(
                "\(handle)'s key is refused: \(error)", at: place,
                next: "make one with: ssh-keygen -t ed25519 -f \(handle)")
        }
        for founder in founders {
            if founder.handle == handle { throw .usage("\(handle) is named twice", at: place) }
            if founder.key == key {
                throw .usage("\(handle) has the same key as \(founder.handle)", at: place)
            }
        }
        founders.append(Named(handle: handle, key: key))
    }

    /// Whether a text can be a member's name: 1…32 of a…z, 0…9 and -, a letter first.
    static func isHandle(_ text: String) -> Bool {
        guard handleLengths.contains(text.utf8.count), let first = text.utf8.first,
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
        else { return false }
        return text.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
        }
    }
}
