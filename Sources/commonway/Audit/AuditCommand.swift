import ArgumentParser

/// `commonway audit`: recompute what a log says, without trusting whoever runs it.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Recompute a log without trusting whoever runs it.",
        subcommands: [
            AuditVerifyCommand.self, AuditLogCommand.self, AuditExportCommand.self,
            AuditProbeCommand.self,
        ])
}
