import ArgumentParser
import CanonicalJSON
import Council
import Foundation
import Governance
import LogReader
import Store
import TransparencyLog

/// `commonway log-key`: another key for the log.
struct LogKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log-key", abstract: "Give the log another key, by a vote.",
        subcommands: [LogKeyNewCommand.self, LogKeyAdoptCommand.self])
}

/// `commonway log-key new`.
struct LogKeyNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make the log's next key, and print what members propose to put it in force.",
        discussion: """
            The secret half stays in the community's folder (council/log.key.next, 0600). The \
            line printed is an operation: members propose it with commonway propose --log-key \
            FILE and decide on it as on their constitution. Once it is enacted the council signs \
            with both keys, the former one for those who pinned it. Restart the council before \
            that, so that it has the key. Called again it prints the same.
            """)

    @OptionGroup var log: KeyedLog

    func run() async throws {
        let folder = log.folder
        let verified = try await log.read()
        let inForce = verified.state.logKey
        var signers = try folder.signers()
        if let next = signers.next, next.verifier.isWritten(inForce) {
            throw Complaint.refused(
                "the log's next key is in force already", at: folder.nextLogKey.path,
                next: "commonway log-key adopt --data \(log.data)")
        }
        if signers.next == nil {
            try SecretLogKey(file: folder.nextLogKey, origin: verified.state.origin).make()
            signers = try folder.signers()
        }
        guard let next = signers.next else {
            throw Complaint.refused("the key was not kept", at: folder.nextLogKey.path)
        }
        let message = LogKeyChange.message(
            origin: verified.state.origin, from: inForce, to: next.verifier.text)
        let operation: JSONValue = [
            "op": "log-key", "key": .string(next.verifier.text),
            "sig": .string(try next.signature(of: message)),
        ]
        try Output.data(operation.canonicalText)
        Output.words("the secret key is in \(folder.nextLogKey.path)")
        Output.words("restart the council, then propose the line above with --log-key FILE")
    }
}

/// `commonway log-key adopt`.
struct LogKeyAdoptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Sign with the key in force alone, and write a community card that pins it.",
        discussion: """
            After members put another key in force the council signs with the former one too, for \
            whoever pinned it. This ends that: those who follow the log need the new community \
            card. The former secret key is kept as council/log.key.former. The council must not \
            run meanwhile.
            """)

    @OptionGroup var log: KeyedLog

    func run() async throws {
        let folder = log.folder
        try folder.requireCommunity()
        let hold = try Self.hold(folder)
        defer { hold.release() }
        let verified = try await log.read()
        guard let next = try folder.signers().next,
            next.verifier.isWritten(verified.state.logKey)
        else {
            throw Complaint.refused(
                "the key in force is \(Output.plain(verified.state.logKey)); there is no other "
                    + "one to adopt", at: folder.nextLogKey.path,
                next: "commonway log-key new --data \(log.data)")
        }
        let pinned = try LogPlace.card(in: folder.card.path)
        let card = CommunityCard(
            origin: pinned.origin, key: next.verifier.text, constituted: pinned.constituted,
            witnesses: pinned.witnesses)
        let former = folder.council.appendingPathComponent("log.key.former")
        do {
            try FileManager.default.moveItem(at: folder.logKey, to: former)
            try FileManager.default.moveItem(at: folder.nextLogKey, to: folder.logKey)
            let text = card.value.canonicalText + "\n"
            try DurableFile.write(Array(text.utf8), to: folder.card)
        } catch {
            throw Complaint.refused(
                "the files cannot be moved: \(Reason.text(error))", at: folder.council.path,
                next: "move log.key.next to log.key by hand, and run this again")
        }
        try Output.data(card.value.canonicalText)
        Output.words("give this card to everybody who follows the log, then start the council")
    }

    /// A council that runs has read its keys, and would go on with the former one.
    private static func hold(_ folder: DataFolder) throws(Complaint) -> StoreHold {
        do throws(StoreError) {
            return try StoreHold(path: folder.store.path)
        } catch {
            throw .refused(
                "the council has to stand still: \(error)", at: folder.store.path,
                next: "stop commonway serve, and run this again")
        }
    }
}

/// The log of a community's folder, verified from its first entry.
struct KeyedLog: ParsableArguments {
    @Option(help: ArgumentHelp("The community's folder.", valueName: "folder"))
    var data: String

    /// The folder.
    var folder: DataFolder { DataFolder(data) }

    /// Reads and recomputes the log.
    func read() async throws -> VerifiedLog {
        try folder.requireCommunity()
        let card = try LogPlace.card(in: folder.card.path)
        let place = LogPlace(text: folder.log.path, allowsPlainHTTP: false)
        return try await VerifiedLog.read(card, at: folder.log.path) { http throws(Complaint) in
            try place.source(http, option: "--data")
        }
    }
}

/// A secret key of a log that is to be made, in a file of its own.
struct SecretLogKey {
    let file: URL
    let origin: String

    /// Makes it, with mode 0600.
    ///
    /// - Throws: ``Complaint`` for an origin that cannot be one, or a file that is there.
    func make() throws(Complaint) {
        let signer: SignerKey
        do {
            signer = try SignerKey(name: origin, seed: RandomSecret.octets(32))
        } catch {
            throw .usage("\"\(Output.plain(origin))\" cannot be an origin: \(error)")
        }
        try LocalFile.createPrivate(Array((signer.text + "\n").utf8), at: file.path)
    }
}
