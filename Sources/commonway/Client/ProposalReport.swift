import CanonicalJSON

/// What a proposal would do to requests, as the council plans it on the table of today.
///
/// Beside what is voted on and no part of it: a council that does not tell it keeps nobody from
/// voting.
enum ProposalReport {
    /// The statuses of proposals that can still be enacted.
    private static let open = ["discussion", "voting", "queued"]

    /// The most pairs of rules whose traffic is shown.
    private static let pairsMax = 10

    /// The lines that show which requests would change hands, and how many there were of them;
    /// none for a proposal that is over or cannot be enacted.
    static func lines(of proposal: JSONValue, from api: CouncilAPI) async -> [String] {
        if let emergency = ConfirmedEmergency(proposal) { return await emergency.lines(from: api) }
        guard let status = proposal["status"]?.string, open.contains(status),
            proposal["planRefusal"] == nil, let operations = proposal["operations"]
        else { return [] }
        return await lines(ofOperations: operations, from: api)
    }

    /// The same for operations that nobody has proposed.
    static func lines(
        ofOperations operations: JSONValue, from api: CouncilAPI
    ) async -> [String] {
        do throws(Complaint) {
            return lines(of: try await PlannedProposal.ask(operations, of: api).value)
        } catch {
            return ["  which requests change hands is not told: \(Output.plain(error.what))"]
        }
    }

    /// The same from the answer of `POST /plan`.
    static func lines(of planned: JSONValue) -> [String] {
        let lines =
            ShadowText.lines(planned["shadow"] ?? [:], in: .proposal)
            + TrafficText.lines(planned["traffic"], atMost: pairsMax)
        return lines.isEmpty ? [] : ["  on the table of today:"] + lines
    }
}
