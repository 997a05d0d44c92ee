import CanonicalJSON
import Routing

/// What becomes of a request, in the members that docs/cli.md names.
struct OutcomeReport {
    /// What happens; `nil` when the request is refused before any table is asked.
    let rehearsed: Rehearsed?
    /// The status that the gateway itself answers with; `nil` when it forwards.
    let status: Int?
    /// The request's field lines that end at the gateway.
    private let ended: [RequestSample.Field]

    /// What documents do with a request.
    init(_ reading: AskedRequest.Reading, answer: [RequestSample.Field], by documents: Rehearsal) {
        switch reading {
        case .refused(let status):
            rehearsed = nil
            self.status = status
            ended = []
        case .sample(let sample, let ended):
            self.ended = ended
            let rehearsed = documents.follow(sample, answer: answer)
            self.rehearsed = rehearsed
            status = rehearsed.outcome.status
        }
    }

    /// The shares that get requests.
    var weighted: [Outcome.Share] { rehearsed?.outcome.shares.filter { $0.weight > 0 } ?? [] }

    /// What the backend is sent: by the one backend, or by all when they are sent the same, with
    /// the backendRef's filters; else with the rule's own.
    var forwarded: Outcome.Forwarded? {
        guard status == nil, let rehearsed else { return nil }
        return common?.forwarded ?? rehearsed.forwarded
    }

    /// What the client is answered with, likewise; of an answer by the gateway, its own fields.
    var responseFields: [RequestSample.Field] {
        guard let rehearsed else { return [] }
        if status != nil { return rehearsed.outcome.answerFields }
        return common?.responseFields ?? rehearsed.responseFields
    }

    /// The copies sent.
    var mirrors: [Rehearsed.Copy] {
        status == nil ? rehearsed?.mirrors.filter { $0.numerator > 0 } ?? [] : []
    }

    private var common: Outcome.Share? {
        let shares = weighted
        guard let first = shares.first else { return nil }
        let areAlike = shares.allSatisfy {
            $0.forwarded == first.forwarded && $0.responseFields == first.responseFields
        }
        return areAlike ? first : nil
    }

    /// The overlays and refusals that the request meets.
    var effects: [Outcome.Effect] { rehearsed?.outcome.effects ?? [] }

    /// The members, in this order; the last only where there is something to say.
    var members: [NullableJSON.Member] {
        let members: [NullableJSON.Member] = [
            .init("status", .number(status)), .init("route", .text(rehearsed?.rule?.route)),
            .init("rule", .text(rehearsed?.rule?.rule)), .init("backends", .array(backends)),
            .init("path", .text(forwarded?.path)), .init("host", .text(forwarded?.host)),
            .init("location", .text(rehearsed?.outcome.location)),
            .init("requestHeaders", Self.headers(sent(forwarded))),
            .init("responseHeaders", Self.headers(responseFields)),
            .init("mirrors", .array(mirrors.map { .text($0.backend) })),
        ]
        if effects.isEmpty { return members }
        let overlays: [NullableJSON] = effects.map { effect in
            .object([
                .init("kind", .text(effect.kind.rawValue)), .init("name", .text(effect.name)),
                .init("entry", .number(effect.entry)),
            ])
        }
        return members + [.init("overlays", .array(overlays))]
    }

    /// The field lines that a backend gets.
    func sent(_ forwarded: Outcome.Forwarded?) -> [RequestSample.Field] {
        (forwarded?.fields ?? []).filter { !ended.contains($0) }
    }

    /// The object on one line.
    var value: NullableJSON { .object(members) }

    private var backends: [NullableJSON] {
        (rehearsed?.outcome.shares ?? []).map { share in
            var members = [
                NullableJSON.Member("name", .text(share.backend)),
                NullableJSON.Member("weight", .number(share.weight)),
            ]
            guard let forwarded, share.weight > 0 else { return .object(members) }
            if share.forwarded.path != forwarded.path {
                members.append(.init("path", .text(share.forwarded.path)))
            }
            if share.forwarded.host != forwarded.host {
                members.append(.init("host", .text(share.forwarded.host)))
            }
            if share.forwarded.fields != forwarded.fields {
                members.append(.init("requestHeaders", Self.headers(sent(share.forwarded))))
            }
            if share.responseFields != responseFields {
                members.append(.init("responseHeaders", Self.headers(share.responseFields)))
            }
            return .object(members)
        }
    }

    /// Field lines as an object from names to lists of lines; names that differ only in case are
    /// one, in its first spelling.
    static func headers(_ fields: [RequestSample.Field]) -> NullableJSON {
        var names: [String] = []
        var lines: [String: [String]] = [:]
        for field in fields {
            let name = names.first { $0.lowercased() == field.name.lowercased() } ?? field.name
            if lines[name] == nil { names.append(name) }
            lines[name, default: []].append(field.value)
        }
        return .object(
            names.map { name in
                .init(name, .array((lines[name] ?? []).map { .text($0) }))
            })
    }
}
