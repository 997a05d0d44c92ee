import ArgumentParser
import CanonicalJSON

/// `commonway status`: what you owe, then the votes in progress.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what you owe first, then the votes in progress.",
        discussion: "And what stewards, keepers or the operator did without a vote.")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        let member = try client.member()
        let owed = try await client.api.get("/owed")["items"]?.array ?? []
        let votes = try await client.api.list("/proposals", query: [("status", "voting")])
        let talks = try await client.api.list("/proposals", query: [("status", "discussion")])
        let overlays = try await OverlayList.ask(client.api)
        let witnesses = try await client.api.get("/witnesses")
        if json {
            let status: JSONValue = [
                "discussion": .array(talks), "handle": .string(member.handle),
                "member": .integer(member.member), "overlays": overlays.value,
                "owed": .array(owed), "voting": .array(votes), "witnesses": witnesses,
            ]
            return try Output.data(status.canonicalText)
        }
        Output.words("\(member.handle), member \(member.member) of \(member.card.origin)")
        try show(owed: owed, joinBy: client.address.text + " --member " + member.handle)
        try show(votes + talks)
        let standing = OverlayText(list: overlays, now: Moment.now).standing
        if !standing.isEmpty { try Output.data(Style.data.bold("without a vote")) }
        for line in standing { try Output.data("  \(line)") }
        if let words = WitnessText(value: witnesses).words { try Output.data(words) }
    }

    private func show(owed: [JSONValue], joinBy login: String) throws(Complaint) {
        if owed.isEmpty { return try Output.data("You owe nothing.") }
        try Output.data(Style.data.bold("You owe"))
        for item in owed {
            let number = item["proposal"]?.integer ?? 0
            let left = item["until"]?.integer.map {
                "  (\(Moment.span($0 - Moment.now)) left)"
            }
            let what: String
            switch item["kind"]?.string {
            case "join": what = "to join: commonway login --council \(login)"
            case "vote": what = "a vote: commonway vote \(number) yes|no|abstain"
            case "sponsor": what = "a look at proposal \(number): commonway sponsor \(number)"
            default: what = Output.plain(item["kind"]?.string ?? "?")
            }
            try Output.data("  \(what)\(left ?? "")")
        }
    }

    private func show(_ proposals: [JSONValue]) throws(Complaint) {
        for proposal in proposals {
            let text = ProposalText(value: proposal, now: Moment.now)
            try Output.data(
                Style.data.bold("proposal \(text.number)")
                    + " \(Output.plain(text.status)), \(text.waitsFor): \(text.subject)")
            if let tally = text.tally { try Output.data("  \(tally)") }
        }
    }
}
