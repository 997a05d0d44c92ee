import Council
import Foundation
import LogReader
import TransparencyLog

/// The folder of one community on the machine that runs its council.
///
/// `log/` is public and may be served or copied anywhere; `council/` is its owner's alone;
/// `gateway/` holds what the local gateway accepted; `run/` says where the processes listen.
struct DataFolder: Sendable {
    /// The folder that `--data` names.
    let root: URL

    init(_ path: String) {
        root = URL(fileURLWithPath: LocalFile.expanded(path), isDirectory: true)
    }

    /// The published log.
    var log: URL { root.appendingPathComponent("log", isDirectory: true) }
    /// What only the council may see.
    var council: URL { root.appendingPathComponent("council", isDirectory: true) }
    /// The databases.
    var store: URL { council.appendingPathComponent("store", isDirectory: true) }
    /// The log's private key, 0600.
    var logKey: URL { council.appendingPathComponent("log.key") }
    /// The private key that takes its place once a vote says so, 0600.
    var nextLogKey: URL { council.appendingPathComponent("log.key.next") }
    /// What the operator refuses and permits, until the council has taken it.
    var orders: URL { council.appendingPathComponent("orders", isDirectory: true) }
    /// What was last put to that key.
    var lastSigned: URL { council.appendingPathComponent("last-signed") }
    /// What gateways and auditors pin.
    var card: URL { root.appendingPathComponent("community.json") }
    /// What the local gateway accepted.
    var gateway: URL { root.appendingPathComponent("gateway", isDirectory: true) }
    /// Where the processes listen.
    var run: URL { root.appendingPathComponent("run", isDirectory: true) }

    /// Makes the folders of a new community.
    ///
    /// - Throws: ``Complaint`` when something is there already, or cannot be made.
    func make() throws(Complaint) {
        let present = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        guard present.isEmpty else {
            throw .usage(
                "the folder is not empty", at: root.path,
                next: "name another folder, or run commonway serve --data \(root.path)")
        }
        for folder in [root, council, log, gateway, run] {
            try LocalFile.makePrivateFolder(folder.path)
        }
    }

    /// Removes what ``make()`` made and what was put there since; the folder itself stays.
    func unmake() {
        for item in [log, council, card, gateway, run] {
            // What cannot be removed is in the way of the next try, which says so.
            try? FileManager.default.removeItem(at: item)
        }
    }

    /// Whether a community lives here.
    var holdsCommunity: Bool { FileManager.default.fileExists(atPath: logKey.path) }

    /// The log's secret keys.
    ///
    /// - Throws: ``Complaint`` when one cannot be read.
    func signers() throws(Complaint) -> LogSigners {
        let hasNext = FileManager.default.fileExists(atPath: nextLogKey.path)
        return LogSigners(
            pinned: try Self.signer(at: logKey),
            next: hasNext ? try Self.signer(at: nextLogKey) : nil)
    }

    /// One secret key.
    ///
    /// - Throws: ``Complaint`` when it cannot be read.
    static func signer(at file: URL) throws(Complaint) -> SignerKey {
        let text = try LocalFile.readText(file.path, limit: 4096)
        do throws(NoteKeyError) {
            return try SignerKey(text: text)
        } catch {
            throw .usage("not a log key: \(error)", at: file.path)
        }
    }

    /// Whose cosignatures the community card asks for.
    ///
    /// All else on the card follows from the log; this stands there alone.
    ///
    /// - Throws: ``Complaint`` when the card is missing or malformed.
    func witnessPolicy() throws(Complaint) -> WitnessPolicy {
        guard FileManager.default.fileExists(atPath: card.path) else {
            throw .refused(
                "the community card is missing: it says which witnesses cosign the log",
                at: card.path, next: "put the card there that gateways and auditors have")
        }
        return try LogPlace.card(in: card.path).witnesses
    }

    /// Refuses a folder without a community.
    ///
    /// - Throws: ``Complaint`` naming the command that makes one.
    func requireCommunity() throws(Complaint) {
        guard holdsCommunity else {
            throw .usage(
                "no community lives here", at: root.path,
                next: "commonway init --data \(root.path) --origin HOST/log --charter FILE "
                    + "--founder NAME=KEY.pub")
        }
    }
}
