import CanonicalJSON
import Governance

/// A steward with the pen in hand, and what stands on the documents so far.
struct EmergencyRoom: Sendable {
    /// Who signs.
    let pen: Pen
    /// What the council says is up.
    let list: OverlayList
    /// How many emergencies the steward may still sign.
    private let left: Int64

    /// Takes up the pen, and checks before anything is asked that this member may sign at all.
    ///
    /// - Throws: ``Complaint`` in the council's own words for whoever is no steward now, or signed
    ///   as often as the charter allows.
    static func enter(_ client: Client, keyPath: String?) async throws(Complaint) -> EmergencyRoom {
        let pen = try await Pen.take(client, keyPath: keyPath)
        let list = try await OverlayList.ask(client.api)
        let member = pen.membership.member
        guard let left = list.left(of: member) else {
            let lost = list.suspension(of: member).map {
                "lost that power until \(Moment.text($0))"
            }
            throw .refused(
                "not-a-steward: member \(member) \(lost ?? "is no steward now"); nothing was sent",
                next: "ask a steward: \(MemberText.list(list.stewards))")
        }
        guard left > 0 else {
            throw .refused(
                "too-many-emergencies: you signed as many as the charter allows in its period; "
                    + "nothing was sent",
                next: "ask another steward: "
                    + MemberText.list(list.stewards.filter { $0 != member }))
        }
        return EmergencyRoom(pen: pen, list: list, left: left)
    }

    /// The emergency that is up on a document, when signing would add to it.
    ///
    /// - Parameter isSame: Whether what is up is what is to be signed.
    /// - Throws: ``Complaint`` when another one is up, or this member has signed this one.
    func joined(
        _ name: String, _ isSame: (JSONValue) -> Bool
    ) throws(Complaint) -> JSONValue? {
        guard let standing = list.emergency(on: name) else { return nil }
        let line = OverlayText(list: list, now: Moment.now).line(standing)
        guard isSame(standing) else {
            throw .refused("overlaid: \(line)", next: "sign that one, or wait until it ends")
        }
        if let proposal = standing["proposal"]?.integer {
            throw .refused(
                "already-signed: \(line)",
                next: standing["until"] == nil
                    ? "commonway vote \(proposal) yes|no|abstain"
                    : "members confirmed it; what should last longer: commonway propose")
        }
        guard standing["by"]?.array?.contains(.integer(pen.membership.member)) != true else {
            throw .refused("already-signed: \(line)", next: "ask another steward to sign it too")
        }
        return standing
    }

    /// Shows what a signature does, asks, signs and hands in, and says what stands then.
    ///
    /// - Parameters:
    ///   - name: The document, `HTTPRoute/library`.
    ///   - effect: What happens to requests.
    ///   - command: What other stewards would type.
    func sign(
        _ statement: JSONValue, about name: String, effect: [String], standing: JSONValue?,
        command: String, yes: Bool, json: Bool
    ) async throws(Complaint) {
        let text = EmergencyText(
            effect: effect, standing: standing, together: list.together, left: left,
            rules: (try? Charter(pen.community.charter))?.emergency, now: Moment.now)
        for line in text.lines { Output.words(line) }
        try Consent.ask("Sign this and hand it in?", given: yes)
        let answer = try await pen.handIn(statement)
        try pen.report(
            answer, asJSON: json, data: HexDigest.of(statement), words: "emergency on \(name)")
        let after = try await OverlayList.ask(pen.client.api)
        guard let standing = after.emergency(on: name) else { return }
        Output.words(OverlayText(list: after, now: Moment.now).line(standing))
        Output.words(
            standing["proposal"]?.integer.map { "next: commonway vote \($0) yes|no|abstain" }
                ?? "next: other stewards run \(command)")
    }
}
