import ArgumentParser
import CanonicalJSON

/// `commonway emergency list`: what stands on the documents without a vote, and who may put it
/// there.
struct EmergencyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show what stands without a vote, who did it and until when, and the stewards.")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let list = try await OverlayList.ask(try options.client().api)
        if json { return try Output.data(list.value.canonicalText) }
        let text = OverlayText(list: list, now: Moment.now)
        if text.standing.isEmpty {
            try Output.data("Everything is served as ratified.")
        } else {
            try show("up", text.standing)
        }
        try show("keepers", text.keeperLines)
        try show("stewards", text.stewardLines)
        try show("may be restored", text.pastLines)
    }

    private func show(_ heading: String, _ lines: [String]) throws(Complaint) {
        guard !lines.isEmpty else { return }
        try Output.data(Style.data.bold(heading))
        for line in lines { try Output.data("  \(line)") }
    }
}
