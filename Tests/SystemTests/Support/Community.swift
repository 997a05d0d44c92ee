import CanonicalJSON
import Foundation
import SSHSignature
import Synchronization
import TestKit

/// A real community on this machine: founded by the built program, served by it, in a folder that
/// goes with the test.
final class Community: Sendable {
    /// The member's names, by number from 1.
    let names: [String]
    /// Their keys.
    let keys: [PrivateKey]
    /// The `--data` folder.
    let data: URL
    /// What goes with the test.
    let folder: TemporaryFolder
    private let nonces = Atomic<UInt64>(1)

    /// One password for all; a test's account protects nothing.
    static let password = "a long enough password"
    /// The least that argon2id may cost.
    static let passwordCost = "19/2/1"

    /// Founds a community.
    ///
    /// - Parameters:
    ///   - charter: The founding charter's value.
    ///   - folder: Where; a new one unless something is there already, such as witnesses' keys.
    ///   - more: Further options of `init`.
    convenience init(
        founders: Int = 3, charter: JSONValue, in folder: TemporaryFolder? = nil,
        _ more: [String] = []
    ) async throws {
        let folder = try folder ?? TemporaryFolder()
        let file = try folder.write(charter.canonicalOctets, to: "charter.json")
        try await self.init(founders: founders, charterFile: file, in: folder, more)
    }

    /// Founds a community under the charter of a file.
    init(
        founders: Int = 3, charterFile: String, in folder: TemporaryFolder, _ more: [String] = []
    ) async throws {
        self.folder = folder
        data = folder.url.appendingPathComponent("data", isDirectory: true)
        names = (1...founders).map { "member\($0)" }
        keys = try (1...founders).map {
            try PrivateKey(seed: [UInt8](repeating: UInt8($0), count: PrivateKey.seedOctets))
        }
        let list = zip(names, keys).map { "\($0) \($1.publicKey.openSSHText)" }
        let founders = try folder.write(Array(list.joined(separator: "\n").utf8), to: "founders")
        let result = try await CommandResult.of(
            try Checkout.program(),
            [
                "init", "--data", data.path, "--origin", "test.example/log", "--charter",
                charterFile, "--founders", founders, "--invitations", folder.path("invitations"),
            ] + more)
        guard result.ending == .exited(0) else { throw Failure("init: \(result.errorText)") }
    }

    /// A path beside the data folder.
    func path(_ name: String) -> String { folder.path(name) }

    /// A member's invitation.
    func invitation(_ number: Int) throws -> String {
        let file = folder.path("invitations/\(names[number - 1]).invitation")
        return try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    /// The log's origin.
    var origin: String { "test.example/log" }

    /// The community card's file.
    var card: String { data.appendingPathComponent("community.json").path }

    /// The published log's folder.
    var log: URL { data.appendingPathComponent("log", isDirectory: true) }

    /// A journal row edited behind the council's back.
    var journal: String { data.appendingPathComponent("council/store/journal.sqlite").path }

    /// A nonce that was not used.
    func nonce() -> String {
        let number = nonces.wrappingAdd(1, ordering: .relaxed).oldValue
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Milliseconds since 1970.
    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}

/// What went wrong in a test's surroundings.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
