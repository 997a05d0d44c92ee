import ArgumentParser
import CanonicalJSON
import Governance
import LogReader
import Routing
import SSHSignature
import TransparencyLog

/// `commonway receipt verify`.
struct ReceiptVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify a receipt offline, by the community card alone.",
        discussion: """
            A statement's file is one of: what the client keeps in receipts/, an entry as \
            logged (of receipt --entry, or of the API), or, when the receipt is self-contained, \
            the statement itself. Of several, one must be what the receipt is about. Exit status \
            0: the log's key signed a tree with this statement in it, the member's signature \
            holds, and as many witnesses cosigned as the card asks for, or the card lets readers \
            go on with fewer (which is said). 1: not. 2: a file is not what it should be.
            """)

    @Argument(help: "The receipt, a .tlog-proof file; - is standard input.")
    var file: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "The statement that it is about. Not needed when the receipt is self-contained.",
            valueName: "file"))
    var statement: [String] = []

    @Option(help: ArgumentHelp("The community card that pins the log.", valueName: "file"))
    var community: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let card = try LogPlace.card(in: community)
        let octets = try LocalFile.read(file, limit: LogProof.octetsMax)
        let proof: LogProof
        do throws(LogProofError) {
            proof = try LogProof(octets: octets)
        } catch {
            throw Complaint.usage(
                "not a receipt: \(error)", at: file, next: "commonway receipt HASH -o FILE gets one"
            )
        }
        let proven = try prove(proof, card)
        try proven.requireWitnesses(at: file)
        if !proven.isWitnessed {
            Output.trouble("fewer witnesses cosigned than the card asks for; it lets readers go on")
        }
        try json ? Output.data(proven.value.canonicalText) : show(proven)
    }

    /// Finds the statement that the receipt is about, among those named.
    private func prove(_ proof: LogProof, _ card: CommunityCard) throws(Complaint) -> ProvenEntry {
        if statement.isEmpty {
            guard let entry = proof.extra else {
                throw .usage(
                    "a receipt says where, not what", at: file,
                    next: "name what it is about with --statement FILE")
            }
            return try ProvenEntry(proof, entry: entry, statement: nil, card: card, place: file)
        }
        var candidates: [StatementFile] = []
        for name in statement { candidates.append(try StatementFile(name, card, proof, at: file)) }
        var refusals: [Complaint] = []
        for candidate in candidates {
            do throws(Complaint) {
                return try ProvenEntry(
                    proof, entry: candidate.entry, statement: candidate.hash, card: card,
                    place: "\(file), \(candidate.place)")
            } catch {
                refusals.append(error)
            }
        }
        throw refusals[0]
    }

    private func show(_ proven: ProvenEntry) throws(Complaint) {
        let checkpoint = proven.checkpoint.checkpoint
        let statement = proven.signed.statement
        try Output.data("statement   \(statement.hash.hex)")
        try Output.data("act         \(statement.act.name), by member \(statement.by)")
        try Output.data("signed by   \(proven.signer.fingerprint)")
        try Output.data("entry       \(proven.proof.index), at \(Moment.text(proven.t))")
        try Output.data("checkpoint  \(checkpoint.size) entries, root \(checkpoint.root.hex)")
        try Output.data("log         \(checkpoint.origin)")
        if let words = proven.witnessWords { try Output.data("witnesses   \(words)") }
        Output.words("the statement is in the log, and the member's signature holds")
    }
}
