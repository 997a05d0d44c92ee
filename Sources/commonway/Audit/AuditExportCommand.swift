import ArgumentParser
import CanonicalJSON
import Foundation
import Governance
import TransparencyLog

/// `commonway audit export`: what members signed, as files that `ssh-keygen` judges.
struct AuditExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write what members signed as files, to recount votes with ssh-keygen.",
        discussion: """
            The log is verified first. Into FOLDER, new or empty, go every statement as the \
            message that was signed, its signature (.sig), an allowed_signers file with every \
            member's keys and their times, index.tsv (which ballots are in force), votes.tsv \
            (what the log says came out), and recount.sh, which recounts with ssh-keygen and a \
            shell alone: sh FOLDER/recount.sh [PROPOSAL].
            """)

    @Argument(help: "The folder to write, new or empty.")
    var folder: String

    @OptionGroup var source: AuditedLogOptions

    @Option(help: ArgumentHelp("Only what is about this proposal.", valueName: "number"))
    var proposal: Int?

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let target = try ExportFolder(folder)
        var collection = ExportCollection(proposal: proposal)
        let (log, card, place) = try await source.read { taken, state in
            collection.take(taken, state)
        }
        if let proposal, log.state.proposal(proposal) == nil {
            throw Complaint.refused(
                "the log has no proposal \(proposal)", at: place,
                next: "commonway audit log --kind open lists the votes")
        }
        try collection.checkTallies(against: log.state)
        try target.write(collection, log, card)
        let ballots = collection.statements.filter { $0.act == "ballot" }
        let inForce = ballots.count { collection.standing(of: $0) == .inForce }
        if json {
            return try Output.data(
                ([
                    "ballots": .integer(Int64(ballots.count)), "folder": .string(target.path),
                    "inForce": .integer(Int64(inForce)), "origin": .string(log.state.origin),
                    "root": .string(log.checkpoint.checkpoint.root.hex),
                    "size": .integer(Int64(log.state.entries)),
                    "statements": .integer(Int64(collection.statements.count)),
                    "votes": .integer(Int64(collection.votes.count)),
                ] as JSONValue).canonicalText)
        }
        try Output.data(target.path)
        Output.words(
            "\(collection.statements.count) statements, \(ballots.count) of them ballots, "
                + "\(inForce) in force, on \(collection.votes.count) votes")
        Output.words("next: sh \(target.path)/recount.sh")
    }
}
