import ArgumentParser
import Foundation
import LogReader
import Logging
import NIOCore
import TransparencyLog
import Witness

/// `commonway witness`: cosigns the checkpoints of others' logs.
struct WitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness", abstract: "Cosign the checkpoints of others' logs.",
        discussion: """
            A small server (C2SP tlog-witness) that a member runs, on a machine that is not the \
            council's. It cosigns a checkpoint only if that continues the one before, so that \
            nobody is shown another log than everybody else. It also takes statements and \
            publishes their hashes with a date, so that a council that stays silent is seen.
            """,
        subcommands: [WitnessServeCommand.self, WitnessKeyCommand.self],
        defaultSubcommand: WitnessServeCommand.self)
}

/// Where a witness keeps its key and what it cosigned.
struct WitnessPlace: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The witness's folder: its key and what it cosigned last. Made when it is not there.",
            valueName: "folder"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "The witness's name, an address without scheme such as witness.example.org; needed "
                + "when the key is made.", valueName: "name"))
    var name: String?

    /// Opens the folder, and the key in it, which is made once.
    ///
    /// - Throws: ``Complaint``.
    func open() throws(Complaint) -> (folder: WitnessFolder, signer: WitnessSigner) {
        let url = URL(fileURLWithPath: LocalFile.expanded(data), isDirectory: true)
        do {
            let folder = try WitnessFolder(url)
            let signer = try folder.signer(name: name) { RandomSecret.octets(32) }
            return (folder, signer)
        } catch {
            throw Self.complaint(error, at: data, name: name)
        }
    }

    /// The words for what is wrong.
    static func complaint(
        _ error: any Error, at place: String, name: String? = nil
    ) -> Complaint {
        switch error {
        case let complaint as Complaint: complaint
        case WitnessFault.noKey(let path):
            .usage(
                "there is no key yet", at: path,
                next: "commonway witness key --data \(place) --name witness.example.org")
        case let fault as WitnessFault: .refused("\(fault)", at: place)
        case let fault as NoteKeyError:
            .usage(
                "\"\(Output.plain(name ?? ""))\" cannot be a witness's name: \(fault)",
                at: "--name", next: "use an address without scheme, such as witness.example.org")
        default:
            .refused("the witness cannot go on: \(Reason.text(error))", at: place)
        }
    }
}

/// `commonway witness key`.
struct WitnessKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make the witness's key where there is none, and print it.",
        discussion: """
            Prints the verifier key, which a community puts into its card: commonway init … \
            --witness KEY. The private key stays in the folder, in a file that only its owner reads.
            """)

    @OptionGroup var place: WitnessPlace

    func run() async throws {
        let (_, signer) = try place.open()
        try Output.data(signer.witness.text)
    }
}

/// `commonway witness`, without another word.
struct WitnessServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the witness.")

    @OptionGroup var place: WitnessPlace

    @Option(
        help: ArgumentHelp(
            "The community card of a log that is witnessed; once for each.", valueName: "file"))
    var community: [String] = []

    @Option(
        help: ArgumentHelp("Where to listen; port 0 takes a free one.", valueName: "address:port"))
    var listen = "127.0.0.1:8090"

    @Option(
        help: ArgumentHelp(
            "How many days the hashes of statements are kept.", valueName: "days"))
    var keepStatements = 90

    @Flag(help: .hidden)
    var supervised = false

    private static let keepRange = 1...3_650

    func run() async throws {
        guard Self.keepRange.contains(keepStatements) else {
            throw Complaint.usage("--keep-statements is 1…3650 days")
        }
        let address = try ListenAddress(listen, flag: "--listen")
        var logs: [WitnessedLog] = []
        for file in community { logs.append(try Self.log(in: file)) }
        let (folder, signer) = try place.open()
        do {
            let witness = try Witness(
                folder: folder, signer: signer, logs: logs, clock: { Moment.now },
                tell: { Output.trouble(Output.plain($0)) })
            let book = try StatementBook(
                folder: folder, signer: signer, logs: logs, keepDays: keepStatements,
                clock: { Moment.now })
            if logs.isEmpty {
                Output.words("no log is witnessed yet: name community cards with --community")
            }
            let server = WitnessServer(
                address: address.host, port: Int(address.port), witness: witness, book: book,
                logger: Self.logger,
                onBound: { port in
                    let bound = ListenAddress(host: address.host, port: UInt16(clamping: port))
                    try? Output.data("witness http://\(bound)")
                })
            try Output.data("key \(signer.witness.text)")
            try await Lifetime.run(supervised: supervised, [server])
        } catch let error as IOError {
            throw Complaint.refused(
                "the witness cannot listen: \(Reason.text(error))", at: "--listen \(address)",
                next: "name another address or port; port 0 takes a free one")
        } catch {
            throw WitnessPlace.complaint(error, at: folder.root.path)
        }
    }

    private static func log(in file: String) throws(Complaint) -> WitnessedLog {
        let card = try LogPlace.card(in: file)
        do {
            return WitnessedLog(key: try VerifierKey(text: card.key))
        } catch {
            throw .usage("the card's key cannot be one: \(error)", at: file)
        }
    }

    private static var logger: Logger {
        var logger = Logger(label: "witness") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        return logger
    }
}
