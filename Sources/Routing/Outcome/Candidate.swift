/// A match whose host and path fit a request, and what became of it.
package struct Candidate: Hashable, Sendable {
    /// The route's name.
    package let route: String
    /// The rule's name, or `#` and its number from 1.
    package let rule: String
    /// The match's number in the rule, from 0.
    package let match: Int
    /// The host by which it fits; `nil` for a route without hostnames.
    package let hostname: Hostname?
    /// What it asks of a request.
    package let condition: HTTPRoute.Match
    /// The route's seniority.
    package let sequence: Int
    /// What became of it.
    package let verdict: Verdict

    /// What becomes of a match whose host and path fit.
    package enum Verdict: Hashable, Sendable {
        /// It decides the request.
        case wins
        /// The request lacks something that it asks for; one at least.
        case unmet([Unmet])
        /// It fits too, and another match goes before it by this step.
        case outranked(Step)
    }

    /// Something that a match asks for and a request does not have.
    package enum Unmet: Hashable, Sendable {
        /// Another method.
        case method(asked: String, found: String)
        /// A header that is missing, `nil`, or has another value.
        case header(name: String, asked: String, found: String?)
        /// A query parameter that is missing, `nil`, or has another value.
        case query(name: String, asked: String, found: String?)
    }

    /// The step of reference/routing.md, "Which rule wins", that decides between two matches.
    package enum Step: String, Hashable, Sendable, CaseIterable {
        /// The nearer hostname.
        case hostname
        /// An Exact path before a prefix.
        case exactPath
        /// The longer prefix.
        case longerPrefix
        /// A method before none.
        case method
        /// More headers.
        case headers
        /// More query parameters.
        case queryParams
        /// Ratified first.
        case seniority
        /// The lesser name.
        case name
        /// The earlier rule of the route.
        case rule
        /// The earlier match of the rule.
        case match
    }
}

extension Candidate.Step {
    /// The first step in which two ranks differ; the winner's is the lesser.
    init(from winner: MatchRank, to loser: MatchRank) {
        let steps: [(Self, Bool)] = [
            (.hostname, winner.host != loser.host), (.exactPath, winner.path != loser.path),
            (.longerPrefix, winner.prefix != loser.prefix),
            (.method, winner.method != loser.method),
            (.headers, winner.headers != loser.headers),
            (.queryParams, winner.queryParams != loser.queryParams),
            (.seniority, winner.sequence != loser.sequence), (.name, winner.name != loser.name),
            (.rule, winner.rule != loser.rule),
        ]
        self = steps.first { $0.1 }?.0 ?? .match
    }

    /// Why the match lost, in words.
    package var words: String {
        switch self {
        case .hostname: "its host is less specific"
        case .exactPath: "its path is a prefix, the other's Exact"
        case .longerPrefix: "its prefix is shorter"
        case .method: "it names no method"
        case .headers: "it asks for fewer headers"
        case .queryParams: "it asks for fewer query parameters"
        case .seniority: "its route was ratified later"
        case .name: "its route's name comes later"
        case .rule: "its rule comes later in the route"
        case .match: "it comes later in the rule"
        }
    }
}

extension Candidate.Unmet {
    /// What is missing, in words.
    package var words: String {
        switch self {
        case .method(let asked, let found): "its method is \(asked), not \(found)"
        case .header(let name, let asked, let found):
            found.map { "header \(name) is \($0), not \(asked)" }
                ?? "header \(name) is missing, not \(asked)"
        case .query(let name, let asked, let found):
            found.map { "query parameter \(name) is \($0), not \(asked)" }
                ?? "query parameter \(name) is missing, not \(asked)"
        }
    }

    /// One word for programs.
    package var code: String {
        switch self {
        case .method: "otherMethod"
        case .header(_, _, let found): found == nil ? "headerMissing" : "headerOther"
        case .query(_, _, let found): found == nil ? "queryMissing" : "queryOther"
        }
    }
}
