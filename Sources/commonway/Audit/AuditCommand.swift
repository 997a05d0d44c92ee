import ArgumentParser
import CanonicalJSON
import Foundation
import Governance
import LogReader
import Routing
import TransparencyLog

/// `commonway audit`: recompute what a log says, without trusting whoever runs it.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Recompute a log without trusting whoever runs it.",
        subcommands: [
            AuditVerifyCommand.self, AuditLogCommand.self, AuditExportCommand.self,
            AuditProbeCommand.self,
        ])
}

/// `commonway audit verify`.
struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify every entry, signature, vote and digest of a log.",
        discussion: """
            Reads the published files, from a folder or over HTTP, and recomputes everything with \
            the code that gateways run. Exit status 0: the log is what its rules give. 1: it is \
            not; the entry and the reason are named.
            """)

    @OptionGroup var options: LogOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let card = try options.card()
        let log = try await VerifiedLog.read(card, at: options.log) { client throws(Complaint) in
            try options.source(client)
        }
        try print(log.state, log.checkpoint, log.witnesses)
        if let trouble = log.witnesses.clockTrouble { Output.trouble(trouble) }
        if !log.witnesses.isEnough {
            Output.trouble("fewer witnesses cosigned than the card asks for; it lets readers go on")
        }
    }

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
