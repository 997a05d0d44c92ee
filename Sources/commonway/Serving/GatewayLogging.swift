import ArgumentParser
import Foundation
import Proxy

/// What a gateway tells of the requests that pass it, and where.
struct GatewayLogging: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the access log goes, one JSON object a line: a file, - for standard output, or "
                + "none. Also COMMONWAY_ACCESS_LOG.", valueName: "file"))
    var accessLog: String?

    @Option(
        help: ArgumentHelp(
            "How much of a client's address is told: \(AccessLogSettings.Clients.choices).",
            valueName: "how"))
    var accessLogClients = AccessLogSettings.Clients.truncated

    @Flag(help: "Tell the query with the path; names and reset tokens live in queries.")
    var accessLogQuery = false

    @Option(
        help: ArgumentHelp(
            "Days that a file of the access log is kept: it is put aside every midnight (UTC) "
                + "under its date, and deleted when it is older. 1…3650.", valueName: "days"))
    var accessLogKeep = 14

    @Option(
        help: ArgumentHelp(
            "What is told on standard error: info, or error for troubles alone. Also "
                + "COMMONWAY_LOG_LEVEL.", valueName: "level"))
    var logLevel: LogLevel?

    /// Where the access log goes; nil for nowhere.
    var destination: String? {
        let text =
            accessLog ?? ProcessInfo.processInfo.environment["COMMONWAY_ACCESS_LOG"] ?? "none"
        return text == "none" || text.isEmpty ? nil : text
    }

    /// What is told of a request; nil for no access log.
    var settings: AccessLogSettings? {
        guard destination != nil else { return nil }
        var settings = AccessLogSettings()
        settings.clients = accessLogClients
        settings.showsQuery = accessLogQuery
        return settings
    }

    /// What is told on standard error.
    var level: LogLevel {
        logLevel
            ?? ProcessInfo.processInfo.environment["COMMONWAY_LOG_LEVEL"].flatMap {
                LogLevel(rawValue: $0)
            } ?? .info
    }

    func validate() throws {
        guard (1...3650).contains(accessLogKeep) else {
            throw ValidationError("--access-log-keep is 1…3650 days")
        }
    }

    /// The same options once more, for a child.
    var arguments: [String] {
        var arguments = [
            "--access-log-clients", accessLogClients.rawValue,
            "--access-log-keep", "\(accessLogKeep)",
        ]
        if let accessLog { arguments += ["--access-log", accessLog] }
        if accessLogQuery { arguments.append("--access-log-query") }
        if let logLevel { arguments += ["--log-level", logLevel.rawValue] }
        return arguments
    }
}

/// How much is told on standard error.
enum LogLevel: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// What happens, and troubles.
    case info
    /// Troubles alone.
    case error
}

extension AccessLogSettings.Clients: ExpressibleByArgument {
    fileprivate static var choices: String { "truncated (the network), whole or none" }
}
