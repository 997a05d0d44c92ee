import ArgumentParser
import CanonicalJSON
import Foundation
import Governance
import LogReader
import Routing
import TransparencyLog

/// `commonway succeed accept`.
struct SucceedAcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Check a successor's community card against the one that this machine has.",
        discussion: """
            Verifies the next log from its first entry: it must be the same community, and enough \
            of its members must have signed that it goes on under that key. With --state a \
            gateway's folder is taken along: the checkpoint that it accepted last must be part of \
            the next log. Then the card given with --community is replaced; the former one is \
            kept beside it. Exit status 1: it is no successor; nothing is changed.
            """)

    @OptionGroup var log: LogOptions

    @Option(help: ArgumentHelp("The successor's community card.", valueName: "file"))
    var next: String

    @Option(
        help: ArgumentHelp(
            "The state folder of a gateway that followed the former log.", valueName: "folder"))
    var state: String?

    @Flag(
        help: """
            Take it even when the former log went on beyond what the successor has: those \
            entries are given up.
            """)
    var giveUpEntries = false

    func run() async throws {
        let former = try log.card()
        let card = try LogPlace.card(in: next)
        guard card.constituted == former.constituted else {
            throw Complaint.refused(
                "the card is of another community: its founding is \(card.constituted.hex)",
                at: next, next: "ask the members whom you know")
        }
        let verified = try await VerifiedLog.read(card, at: log.log) { http throws(Complaint) in
            try log.source(http)
        }
        let formerKeys = verified.state.formerLogKeys
        guard formerKeys.contains(where: { $0.utf8.elementsEqual(former.key.utf8) }) else {
            throw Complaint.refused(
                "that log does not carry on the one of \(Output.plain(former.origin))", at: next,
                next: "see commonway audit log")
        }
        if let state {
            try takeAlong(URL(fileURLWithPath: state, isDirectory: true), former, verified)
        }
        try replaceCard(by: card)
        let checkpoint = verified.checkpoint.checkpoint
        try Output.data(
            "\(Output.plain(checkpoint.origin)) carries the log on, "
                + "verified to \(checkpoint.size) entries")
    }

    /// Takes a gateway's folder along: what it accepted must be part of the next log.
    private func takeAlong(
        _ folder: URL, _ former: CommunityCard, _ verified: VerifiedLog
    ) throws {
        let accepted = AcceptedCheckpoint(folder)
        let key: VerifierKey
        do {
            key = try VerifierKey(text: former.key)
        } catch {
            throw Complaint.usage("the card's key is refused: \(error)", at: log.community)
        }
        if let old = try accepted.read(key: key)?.checkpoint {
            let holds =
                old.size <= verified.tree.size
                ? try verified.tree.root(atSize: old.size) == old.root : false
            guard holds || giveUpEntries else {
                throw Complaint.refused(
                    "this machine accepted \(old.size) entries of the former log, and the "
                        + "successor's are others", at: folder.path,
                    next: "ask the members which log goes on; --give-up-entries takes this one")
            }
        }
        try accepted.write(verified.checkpoint)
    }

    private func replaceCard(by card: CommunityCard) throws(Complaint) {
        let file = URL(fileURLWithPath: LocalFile.expanded(log.community))
        let aside = file.appendingPathExtension("before-\(Moment.now)")
        do {
            try FileManager.default.copyItem(at: file, to: aside)
            let text = card.value.canonicalText + "\n"
            try DurableFile.write(Array(text.utf8), to: file)
        } catch {
            throw .refused("the card cannot be replaced: \(Reason.text(error))", at: file.path)
        }
        Output.words("the former card is kept in \(aside.path)")
    }
}
