import ArgumentParser
import CanonicalJSON
import Foundation
import Governance
import LogReader
import Routing
import TransparencyLog

/// `commonway receipt HASH`.
struct ReceiptGetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Get the receipt of a statement.",
        discussion: """
            Asks the council, or with --against makes it from a log's files, and verifies it \
            before anything is written. HASH is the statement's, as vote and sponsor print it. \
            With --self-contained the entry travels in the file's extra line, so that the \
            statement alone verifies it; with --entry it is written beside. Exit status 1: the \
            log has no such statement, or what came does not hold.
            """)

    @Argument(help: "The statement's hash, 64 hexadecimal digits.")
    var hash: String

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write it to a file instead of standard output.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Also write the entry as logged.", valueName: "file"))
    var entry: String?

    @Flag(help: "Put the entry into the receipt's extra line.")
    var selfContained = false

    @Option(
        help: ArgumentHelp("A published log instead of the council's.", valueName: "url|folder"))
    var against: String?

    @Option(
        help: ArgumentHelp(
            "The community card that pins the log; without it, the one remembered.",
            valueName: "file"))
    var community: String?

    @OptionGroup var options: ClientOptions

    func run() async throws {
        guard let statement = ContentDigest(hex: hash) else {
            throw Complaint.usage(
                "\"\(Output.plain(hash))\" is no statement hash", at: "HASH",
                next: "64 lower-case hexadecimal digits, as commonway vote prints them")
        }
        let choice = LogChoice(against: against, community: community)
        let place = try choice.place(options)
        let found =
            against == nil
            ? try await ask(statement, choice, place) : try await make(statement, choice, place)
        try write(found, at: place.text)
    }

    /// The council's receipt, which is believed in nothing.
    private func ask(
        _ statement: ContentDigest, _ choice: LogChoice, _ place: LogPlace
    ) async throws -> ProvenEntry {
        let card = try await choice.card(for: place, options)
        let api = try options.client().api
        let octets = try await api.text("/receipts/\(statement.hex)")
        let answer = try await api.get("/statements/\(statement.hex)")
        let proof: LogProof
        do throws(LogProofError) {
            proof = try LogProof(octets: octets)
        } catch {
            throw Complaint.refused(
                "the council's answer is no receipt: \(error)", at: api.address.text)
        }
        guard let entry = answer["entry"] else {
            throw Complaint.refused("the council's answer has no entry", at: api.address.text)
        }
        return try ProvenEntry(
            proof, entry: entry.canonicalOctets, statement: statement, card: card,
            place: api.address.text)
    }

    /// A receipt made from a log's own files, all of them verified.
    private func make(
        _ statement: ContentDigest, _ choice: LogChoice, _ place: LogPlace
    ) async throws -> ProvenEntry {
        var found: TakenEntry?
        let log = try await choice.read(place, options) { taken, _ in
            if taken.checked.statementHash == statement, found == nil { found = taken }
        }
        guard let found else { throw try notLogged(statement, log, place) }
        let size = log.checkpoint.checkpoint.size
        let inclusion: InclusionProof
        do throws(TreeError) {
            inclusion = try log.tree.inclusionProof(index: found.index, size: size)
        } catch {
            throw Complaint.refused("no proof can be made: \(error)", at: place.text)
        }
        return try ProvenEntry(
            LogProof(inclusion: inclusion, checkpoint: log.checkpoint), entry: found.octets,
            statement: statement, card: try await choice.card(for: place, options),
            place: place.text)
    }

    /// A statement that is not in the log; the acknowledgement kept on this machine may make that
    /// a broken promise.
    private func notLogged(
        _ statement: ContentDigest, _ log: VerifiedLog, _ place: LogPlace
    ) throws(Complaint) -> Complaint {
        let what = "none of the \(log.state.entries) entries holds statement \(statement.hex)"
        let kept = ClientFolder(typed: options.config).receiptFile(of: statement.hex)
        guard FileManager.default.fileExists(atPath: kept),
            let promised = try KeptReceipt.read(kept).promise(by: log.state.logKey)
        else {
            return .refused(
                what, at: place.text, next: "commonway audit log --member N lists what is there")
        }
        let due = promised + Acknowledgement.promisedWithinMs
        guard log.state.t > due else {
            return Complaint(
                .unreachable, what + " yet", at: place.text,
                next: "it was promised to be there by \(Moment.text(due)); ask again then")
        }
        return .refused(
            what + ", though the log's key promised it by \(Moment.text(due)) and the log has "
                + "entries of \(Moment.text(log.state.t))", at: place.text,
            next: "\(kept) and these files together prove it; show both to the other members")
    }

    private func write(_ found: ProvenEntry, at place: String) throws(Complaint) {
        let proof = selfContained ? found.selfContained : found.proof
        if let entry { try LocalFile.writePublic(found.entry, to: entry) }
        if let output {
            try LocalFile.writePublic(proof.octets, to: output)
        } else {
            // The text ends in a newline of its own.
            try Output.data(String(decoding: proof.octets.dropLast(), as: UTF8.self))
        }
        Output.words(
            "statement \(hash.prefix(16))… is entry \(proof.index) of "
                + "\(found.checkpoint.checkpoint.size) under the log's signature"
                + (found.witnessWords.map { "; witnesses: \($0)" } ?? ""))
    }
}
