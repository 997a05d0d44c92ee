import ArgumentParser
import AsyncHTTPClient
import CanonicalJSON
import Foundation
import Governance
import LogHTTP
import LogReader
import Routing
import TransparencyLog

/// `commonway audit verify`.
struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify every entry, signature, vote and digest of a log.",
        discussion: """
            Reads the published files, from a folder or over HTTP, and recomputes everything with \
            the code that gateways run; in a folder also the files that the checkpoint does not \
            need any more. --compare names other copies of the log, or single checkpoint files, \
            that must be of the same history. Exit status 0: the log is what its rules give. 1: \
            it is not; every file and entry that is wrong is named. 4: it cannot be read, or a \
            checkpoint to compare is ahead of this copy.
            """)

    @OptionGroup var options: LogOptions

    @Option(
        help: ArgumentHelp(
            "Another copy of the log, or a checkpoint of it. Repeatable.",
            valueName: "folder|url|file"))
    var compare: [String] = []

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let card = try options.card()
        let client = HTTPSource.makeClient()
        do {
            try await verify(card, client)
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    private func verify(_ card: CommunityCard, _ client: HTTPClient) async throws {
        let source = try options.source(client)
        let log: VerifiedLog
        do {
            log = try await VerifiedLog(card, source)
        } catch let fault as FollowFault {
            throw try await refusal(fault, card, source)
        }
        let others = try await checkOtherFiles(log, source)
        for place in compare {
            try await LogComparison(log: log, card: card, place: options.log).check(
                place, client, allowsPlainHTTP: options.allowsPlainHTTP, json: json)
        }
        try print(log.state, log.checkpoint, log.witnesses)
        if let trouble = log.witnesses.clockTrouble { Output.trouble(trouble) }
        if !log.witnesses.isEnough {
            Output.trouble("fewer witnesses cosigned than the card asks for; it lets readers go on")
        }
        for path in others.prefix(Self.othersShownMax) {
            Output.words("note: \(path) is not covered by the checkpoint")
        }
    }

    /// Files that are not the log's, or not yet, and are named.
    private static let othersShownMax = 10

    /// Compares the files of a folder that its checkpoint does not need.
    ///
    /// - Returns: Files that the checkpoint does not cover.
    private func checkOtherFiles(
        _ log: VerifiedLog, _ source: any LogSource
    ) async throws -> [String] {
        guard let folder = options.folder else { return [] }
        var inspection = try await LogInspection(of: source, under: log.checkpoint)
        let others: [String]
        do {
            others = try inspection.inspectOthers(in: folder)
        } catch {
            throw Complaint.refused(
                "a file cannot be read: \(Reason.text(error))", at: options.log)
        }
        guard inspection.flaws.isEmpty else {
            throw try refusal("files of earlier sizes were altered", inspection.flaws)
        }
        return others
    }

    /// What to say of a log that is refused: with every file and entry that is wrong.
    private func refusal(
        _ fault: FollowFault, _ card: CommunityCard, _ source: any LogSource
    ) async throws -> Complaint {
        switch fault {
        case .fetch(.source): return VerifiedLog.complaint(about: fault, at: options.log)
        case .fetch(.checkpoint(let error)):
            return try refusal("\(Checkpoint.path): \(error)", [])
        case .contradiction(let contradiction):
            let bundle = contradiction.index / Tile.fullWidth
            let path = Tile.entries(index: bundle)?.path ?? "tile/entries"
            return try refusal("\(fault), in \(path) or its partial form", [])
        case .fetch:
            guard let octets = try await source.checkpoint(),
                let key = try? VerifierKey(text: card.key),
                let checkpoint = try? SignedCheckpoint(octets: octets, key: key)
            else { return try refusal("\(fault)", []) }
            let inspection = try await LogInspection(of: source, under: checkpoint)
            return try refusal("\(fault)", inspection.flaws)
        case .nothingPublished, .future, .notConstituted, .otherFounding, .otherKey:
            return try refusal("\(fault)", [])
        }
    }

    private func refusal(_ fault: String, _ flaws: [LogFlaw]) throws(Complaint) -> Complaint {
        if json {
            let listed: [JSONValue] = flaws.map { flaw in
                var object = JSONObject()
                object["file"] = .string(flaw.path)
                object["first"] = flaw.entries.map { .integer(Int64($0.lowerBound)) }
                object["last"] = flaw.entries.map { .integer(Int64($0.upperBound - 1)) }
                object["what"] = .string("\(flaw)")
                return .object(object)
            }
            try Output.data(
                (["fault": .string(fault), "flaws": .array(listed), "valid": false] as JSONValue)
                    .canonicalText)
        }
        let lines = flaws.prefix(Self.flawsShownMax).map { "\n  \($0)" }.joined()
        let more =
            flaws.count > Self.flawsShownMax
            ? "\n  and \(flaws.count - Self.flawsShownMax) more; --json has all" : ""
        return .refused(
            "the log is refused: \(fault)\(lines)\(more)", at: options.log,
            next: "keep a copy of these files; they are the evidence")
    }

    /// Flaws that are named to people; one altered tile can have 256.
    private static let flawsShownMax = 20

    private func print(
        _ state: State, _ checkpoint: SignedCheckpoint, _ witnesses: WitnessReport
    ) throws(Complaint) {
        if json {
            let result: JSONValue = [
                "witnesses": witnesses.value,
                "origin": .string(state.origin), "size": .integer(Int64(state.entries)),
                "root": .string(checkpoint.checkpoint.root.hex), "t": .integer(state.t),
                "table": .string(state.documents.tableDigest.hex),
                "documents": .integer(Int64(state.documents.documents.count)),
                "members": .integer(Int64(state.members.count)),
                "proposals": .integer(Int64(state.proposals.count)),
                "void": .integer(Int64(state.voids)), "state": .string(state.digest.hex),
            ]
            return try Output.data(result.canonicalText)
        }
        try Output.data("origin     \(state.origin)")
        try Output.data("entries    \(state.entries), the last at \(Moment.text(state.t))")
        try Output.data("root       \(checkpoint.checkpoint.root.hex)")
        if !witnesses.policy.isEmpty {
            try Output.data("witnesses  \(Output.plain(witnesses.words(time: Moment.text)))")
        }
        try Output.data("table      \(state.documents.tableDigest.hex)")
        try Output.data("documents  \(state.documents.documents.count) in force")
        try Output.data("members    \(state.members.count)")
        for status in ProposalStatus.allCases {
            let count = state.proposals.count { $0.status == status }
            if count > 0 { try Output.data("proposals  \(count) \(status.rawValue)") }
        }
        try Output.data("void       \(state.voids) statements")
        Output.words("every entry, signature, vote and digest is what the rules give")
    }
}
