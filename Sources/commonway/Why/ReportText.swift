import CanonicalJSON
import Routing

/// What becomes of a request, in words.
struct ReportText {
    /// What becomes of it.
    let report: OutcomeReport

    /// A line for each thing.
    var lines: [String] {
        (statusLines + shareLines + filterLines + effectLines).map { Output.plain($0) }
    }

    /// One line, for comparisons: `302 http://…`, or the backends with their shares.
    var summary: String {
        if let status = report.status {
            return Output.plain(
                "\(status)" + (report.rehearsed?.outcome.location.map { " \($0)" } ?? "")
                    + (rule.map { " by \($0)" } ?? ""))
        }
        let shares = report.weighted.map { "\($0.backend) \($0.weight)" }.joined(separator: ", ")
        let forwarded = report.forwarded.map { " as \($0.host)\($0.path)" } ?? ""
        return Output.plain("\(rule ?? ""): \(shares)\(forwarded)")
    }

    private var rule: String? { report.rehearsed?.rule.map { "\($0.route)/\($0.rule)" } }

    private var statusLines: [String] {
        guard let status = report.status else { return [] }
        var lines = ["the gateway answers \(status)\(why(status))"]
        lines += report.responseFields.map { "  \($0.name): \($0.value)" }
        return lines
    }

    private func why(_ status: Int) -> String {
        switch status {
        case 503 where report.rehearsed?.rule?.barrier != nil: ": the route is disabled"
        case 451: ": the operator refuses it"
        case 400: ": the request is malformed"
        case 404: ": no rule fits"
        case 405: ": it forwards no such method"
        case 500: ": the rule has no backend with a weight"
        case 503: ": no endpoint can be up"
        case 204: ": a CORS preflight"
        default: ""
        }
    }

    private var shareLines: [String] {
        guard let forwarded = report.forwarded else { return [] }
        let sum = report.weighted.reduce(0) { $0 + $1.weight }
        var lines: [String] = []
        for share in report.rehearsed?.outcome.shares ?? [] {
            lines.append("to \(share.backend), weight \(share.weight) of \(sum)")
            guard share.weight > 0 else { continue }
            if share.isRefused { lines.append("  answered 451: all its endpoints are refused") }
            if share.forwarded.host != forwarded.host {
                lines.append("  with Host \(share.forwarded.host)")
            }
            if share.forwarded.path != forwarded.path {
                lines.append("  with path \(share.forwarded.path)")
            }
            if share.forwarded.fields != forwarded.fields {
                lines += report.sent(share.forwarded).map { "  sends \($0.name): \($0.value)" }
            }
            if share.responseFields != report.responseFields {
                lines += share.responseFields.map { "  answers \($0.name): \($0.value)" }
            }
        }
        lines.append("as Host \(forwarded.host), path \(forwarded.path)")
        lines += report.mirrors.map {
            "a copy to \($0.backend), \($0.numerator) of \($0.denominator) requests"
        }
        return lines
    }

    /// What is in force without a vote, and by which entry.
    private var effectLines: [String] {
        report.effects.map { effect in
            let what =
                switch effect.kind {
                case .refused: "is refused by the operator"
                case .disabled: "is disabled by stewards"
                case .restored: "is restored by stewards"
                case .endpoints: "has endpoints that a keeper gave"
                }
            return "without a vote: \(effect.name) \(what), entry \(effect.entry)"
        }
    }

    /// What the rule says besides, whatever this request holds.
    private var filterLines: [String] {
        guard let rule = report.rehearsed?.rule, report.status == nil else { return [] }
        var lines = Self.edits("request", rule.filters.requestEdits)
        lines += Self.edits("answer", rule.filters.responseEdits)
        for reference in report.weighted.count == 1 ? rule.backendRefs : [] {
            guard reference.weight > 0 else { continue }
            lines += Self.edits("request", reference.filters.requestEdits)
            lines += Self.edits("answer", reference.filters.responseEdits)
        }
        if rule.filters.cors != nil {
            let fields = report.responseFields.filter { $0.name.hasPrefix("Access-Control-") }
            lines.append(
                fields.isEmpty
                    ? "CORS: this origin may not read the answer"
                    : "CORS: " + fields.map { "\($0.name): \($0.value)" }.joined(separator: ", "))
        }
        if let request = rule.timeouts?.requestMs {
            lines.append("timeout of the whole exchange: \(Self.span(request))")
        }
        if let backend = rule.timeouts?.backendRequestMs {
            lines.append("timeout of each try: \(Self.span(backend))")
        }
        if let retry = rule.retry {
            let codes = retry.codes.map { "\($0)" }.joined(separator: ", ")
            lines.append(
                "retries: \(retry.attempts)" + (codes.isEmpty ? "" : ", also on \(codes)")
                    + (retry.backoffMs > 0 ? ", first after \(Self.span(retry.backoffMs))" : ""))
        }
        return lines
    }

    private static func span(_ milliseconds: Int) -> String {
        milliseconds == 0 ? "none" : "\(milliseconds) ms"
    }

    private static func edits(_ side: String, _ edits: HTTPRoute.HeaderEdits?) -> [String] {
        guard let edits else { return [] }
        func text(_ value: HTTPRoute.HeaderValue) -> String {
            switch value.value {
            case .literal(let literal): "\(value.name): \(literal)"
            case .secret(let secret): "\(value.name): (secret \(secret))"
            }
        }
        return edits.set.map { "\(side) header set: \(text($0))" }
            + edits.add.map { "\(side) header added: \(text($0))" }
            + edits.remove.map { "\(side) header removed: \($0)" }
    }
}
