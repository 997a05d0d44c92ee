import CanonicalJSON
import Governance
import Routing
import TransparencyLog

/// The answer about one request: what becomes of it, what else fitted, and by which vote.
struct WhyAnswer {
    /// The request as typed.
    let request: AskedRequest
    /// What the gateway makes of it.
    let reading: AskedRequest.Reading
    /// What becomes of it.
    let report: OutcomeReport
    /// What was asked.
    let inForce: DocumentsInForce

    /// Every match whose host and path fit.
    var candidates: [Candidate] {
        guard case .sample(let sample, _) = reading else { return [] }
        return inForce.documents.candidates(for: sample)
    }

    /// The route that serves it, as ratified; one that is restored as it was ratified before.
    var ratified: RatifiedDocument? {
        (report.rehearsed?.rule?.route).flatMap {
            inForce.documents.served(DocumentKey(kind: .route, name: $0))
        }
    }

    /// The proposal that the route as it is stands on.
    var proposal: Proposal? {
        ratified.flatMap { inForce.log?.state.proposal($0.enactment.proposal) }
    }

    /// The report's members, then those that say why.
    var value: NullableJSON {
        var members = report.members
        members.append(.init("candidates", .array(candidates.map(\.value))))
        guard let log = inForce.log else { return .object(members) }
        members.append(
            .init("enactment", ratified.map { .value(Self.value($0)) } ?? .null))
        members.append(.init("proposal", proposal.map { .value(Self.value($0)) } ?? .null))
        members.append(
            .init(
                "log",
                .value([
                    "origin": .string(log.state.origin),
                    "root": .string(log.checkpoint.checkpoint.root.hex),
                    "size": .integer(Int64(log.state.entries)),
                    "table": .string(log.state.documents.tableDigest.hex),
                ])))
        return .object(members)
    }

    private static func value(_ document: RatifiedDocument) -> JSONValue {
        [
            "digest": .string(document.proposed.digest.hex),
            "entry": .integer(Int64(document.enactment.entry)),
            "proposal": .integer(Int64(document.enactment.proposal)),
            "sequence": .integer(Int64(document.sequence)),
        ]
    }

    private static func value(_ proposal: Proposal) -> JSONValue {
        var object = JSONObject()
        object["number"] = .integer(Int64(proposal.number))
        object["by"] = .integer(Int64(proposal.by))
        object["index"] = .integer(Int64(proposal.index))
        object["statement"] = .string(proposal.statement.hex)
        object["status"] = .string(proposal.status.rawValue)
        if let vote = proposal.vote {
            object["class"] = .string(vote.changeClass.rawValue)
            object["open"] = [
                "electors": .integer(Int64(vote.electors)), "index": .integer(Int64(vote.index)),
                "leaf": .string(vote.leaf.hex), "margin": .integer(Int64(vote.margin)),
                "quorum": .integer(Int64(vote.quorum)),
            ]
            object["tally"] = [
                "abstain": .integer(Int64(vote.tally.abstain)),
                "no": .integer(Int64(vote.tally.no)), "yes": .integer(Int64(vote.tally.yes)),
            ]
        }
        if let closing = proposal.closing {
            object["closed"] = [
                "index": .integer(Int64(closing.index)), "t": .integer(closing.t),
                "outcome": .string(closing.outcome.rawValue),
            ]
        }
        return .object(object)
    }
}

extension Candidate {
    /// The candidate as programs read it.
    fileprivate var value: NullableJSON {
        let reasons: [NullableJSON] =
            switch verdict {
            case .wins: []
            case .unmet(let unmet): unmet.map { Self.reason($0.code, $0.words) }
            case .outranked(let step): [Self.reason(step.rawValue, step.words)]
            }
        return .object([
            .init("route", .text(route)), .init("rule", .text(rule)),
            .init("match", .number(match + 1)), .init("hostname", .text(hostname?.text)),
            .init(
                "path",
                .value([
                    "type": .string(condition.path.kind.rawValue),
                    "value": .string(condition.path.value.isEmpty ? "/" : condition.path.value),
                ])),
            .init("method", .text(condition.method)),
            .init("wins", .value(.bool(verdict == .wins))), .init("reasons", .array(reasons)),
        ])
    }

    private static func reason(_ code: String, _ words: String) -> NullableJSON {
        .object([.init("code", .text(code)), .init("words", .text(words))])
    }
}
