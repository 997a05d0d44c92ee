import CanonicalJSON
import Council
import Governance
import HTTPTypes
import Routing

/// The one place that turns errors into HTTP: status, code, and words for whoever reads them.
extension APIError {
    /// The problem document of this error.
    var problem: Problem {
        switch self {
        case .noSuchPath: Self.noSuchPathProblem
        case .methodNotAllowed(let method, let allowed):
            Self.methodProblem(method: method, allowed: allowed)
        case .hostNotServed(let host): Self.hostProblem(host: host)
        case .severalHosts: Self.severalHostsProblem
        case .crossOrigin: Self.crossOriginProblem
        case .notFound(let what): Self.notFoundProblem(what: what)
        case .notInCheckpoint(let index): Self.notInCheckpointProblem(index: index)
        case .notJSON(let type): Self.notJSONProblem(type: type)
        case .bodyTooLarge(let limit): Self.tooLargeProblem(limit: limit)
        case .bodyBrokenOff(let reason): Self.brokenOffProblem(reason: reason)
        case .malformedJSON(let fault): Self.malformedProblem(fault: fault)
        case .badBody(let fault): Self.badBodyProblem(fault: fault)
        case .badQuery(let name, let reason): Self.badQueryProblem(name: name, reason: reason)
        case .textNotNamed(let index, let digest):
            Self.textProblem(index: index, digest: digest)
        case .notLoggedIn(let tokenGiven): Self.notLoggedInProblem(tokenGiven: tokenGiven)
        case .credentials(let error): Self.problem(of: error)
        case .records(let error): Self.problem(of: error)
        case .submission(let error): Self.problem(of: error)
        case .planRefused(let why): Self.planProblem(why)
        case .proofNotGood: Self.proofProblem
        case .tooManyPlans(let limit): Self.tooManyPlansProblem(limit: limit)
        case .journal(let error): Self.storageProblem(detail: Self.words(of: error))
        case .tooManyStreams(let limit): Self.tooManyStreamsProblem(limit: limit)
        case .unreadableFile: Self.storageProblem(detail: "a published file could not be read")
        }
    }
}

// Where the request went.
extension APIError {
    fileprivate static var noSuchPathProblem: Problem {
        Problem(
            status: .notFound, code: "no-such-path", title: "Nothing is served at this path",
            detail: "the path of the request is none of those served",
            next: "See /api/v1/openapi.json for what is.")
    }

    fileprivate static func methodProblem(method: String, allowed: [String]) -> Problem {
        Problem(
            status: .methodNotAllowed, code: "method-not-allowed",
            title: "The path does not take this method", detail: "\(method) is not possible here",
            next: "Use \(allowed.joined(separator: " or ")).", allowed: allowed)
    }

    fileprivate static func hostProblem(host: String?) -> Problem {
        Problem(
            status: .misdirectedRequest, code: "host-not-served",
            title: "This council is not known by that host name",
            detail: "the request is for \(host.map { "\"\($0)\"" } ?? "no host at all")",
            next: "Use the address that the council was started with, or start it with that "
                + "name as a further host.")
    }

    fileprivate static var severalHostsProblem: Problem {
        Problem(
            status: .badRequest, code: "several-hosts", title: "The request names several hosts",
            detail: "there is more than one Host field", next: "Send one (RFC 9112 §3.2).",
            closesConnection: true)
    }

    fileprivate static var crossOriginProblem: Problem {
        Problem(
            status: .forbidden, code: "cross-origin",
            title: "A write that did not come from the council's own pages",
            detail: "Sec-Fetch-Site or Origin is missing or names another site",
            next: "Use the council's own pages, or a program with a bearer token.",
            closesConnection: true)
    }

    fileprivate static func notFoundProblem(what: String) -> Problem {
        Problem(
            status: .notFound, code: "not-found", title: "Not there",
            detail: "\(what) does not exist", next: "List what there is, and check the name.")
    }

    fileprivate static func notInCheckpointProblem(index: Int) -> Problem {
        Problem(
            status: .conflict, code: "not-in-checkpoint",
            title: "In the log, but in no checkpoint yet",
            detail: "entry \(index) is not covered by the published checkpoint",
            next: "Ask again in a moment.", retryAfterSeconds: 1)
    }
}

// What the request said.
extension APIError {
    fileprivate static func notJSONProblem(type: String?) -> Problem {
        Problem(
            status: .unsupportedMediaType, code: "not-json", title: "The body has to be JSON",
            detail: "Content-Type is \(type.map { "\"\($0)\"" } ?? "missing")",
            next: "Send Content-Type: application/json.", closesConnection: true)
    }

    fileprivate static func tooLargeProblem(limit: Int) -> Problem {
        Problem(
            status: .contentTooLarge, code: "body-too-large", title: "The body is too long",
            detail: "at most \(limit) octets are read", next: "Send less.", closesConnection: true)
    }

    fileprivate static func brokenOffProblem(reason: String) -> Problem {
        Problem(
            status: .badRequest, code: "body-broken-off", title: "The body broke off",
            detail: reason, next: "Send it again.", closesConnection: true)
    }

    fileprivate static func malformedProblem(fault: JSONFault) -> Problem {
        Problem(
            status: .badRequest, code: "malformed-json",
            title: "The body is not JSON as it is read here", detail: fault.description,
            next: "Mend it there; docs/formats.md §1 says how JSON is written here.")
    }

    fileprivate static func badBodyProblem(fault: FormatFault) -> Problem {
        Problem(
            status: .badRequest, code: "malformed",
            title: "The body has another form than asked for", detail: fault.description,
            next: "See /api/v1/openapi.json for the form.")
    }

    fileprivate static func badQueryProblem(name: String, reason: String) -> Problem {
        Problem(
            status: .badRequest, code: "bad-query", title: "The query was not understood",
            detail: "the parameter \"\(name)\" \(reason)",
            next: "See /api/v1/openapi.json for the parameters.")
    }

    fileprivate static func textProblem(index: Int, digest: ContentDigest) -> Problem {
        Problem(
            status: .badRequest, code: "text-not-named",
            title: "A text that the statement does not name",
            detail: "/texts/\(index): its digest is \(digest.hex)",
            next: "Name that digest as reason in the statement, or leave the text out.")
    }

    fileprivate static var proofProblem: Problem {
        Problem(
            status: .forbidden, code: "proof-not-good", title: "That does not prove who you are",
            detail: "a statement of act account, for this log, that holds an hour at most, signed "
                + "by a key in force of the member; with handle and salt those of the log's digest",
            next: "Run commonway login --proof with the key that you joined with.")
    }

    fileprivate static func planProblem(_ why: String) -> Problem {
        Problem(
            status: .unprocessableContent, code: RefusalCode.planRefused.rawValue,
            title: "The operations cannot be planned", detail: why,
            next: "Mend the operations; the table may also have changed meanwhile.")
    }
}

// Who asks.
extension APIError {
    fileprivate static func notLoggedInProblem(tokenGiven: Bool) -> Problem {
        Problem(
            status: .unauthorized, code: tokenGiven ? "session-over" : "not-logged-in",
            title: "This needs a session",
            detail: tokenGiven
                ? "the token is unknown, or its session has ended" : "the request carries no token",
            next: "Log in: POST /api/v1/sessions, or commonway login.")
    }

    fileprivate static func problem(of error: CredentialError) -> Problem {
        switch error {
        case .passwordLength:
            Problem(
                status: .unprocessableContent, code: "password-length",
                title: "The password is too short or too long", detail: error.description,
                next: "Choose another; the invitation stays good.")
        case .invitationNotGood:
            Problem(
                status: .forbidden, code: "invitation-not-good",
                title: "The invitation does not work", detail: error.description,
                next: "Ask whoever runs the council for a new one.")
        case .unknownMember, .notAccepted:
            Problem(
                status: .unauthorized, code: "not-accepted",
                title: "Handle or password is wrong", detail: error.description,
                next: "Try again; who has lost the password asks for a new invitation.")
        case .tooManyFailures(let milliseconds):
            Problem(
                status: .tooManyRequests, code: "too-many-failures",
                title: "Too many failed attempts", detail: error.description,
                next: "Wait; before that even the right password is not looked at.",
                retryAfterSeconds: Int(max(1, (milliseconds + 999) / 1_000)))
        case .busy:
            Problem(
                status: .serviceUnavailable, code: "busy",
                title: "Too many passwords are being checked", detail: error.description,
                next: "Try again in a few seconds.", retryAfterSeconds: 3)
        case .storage(let fault): storageProblem(detail: "storage error \(fault.code)")
        }
    }
}

// What the council and its storage said.
extension APIError {
    fileprivate static func problem(of error: SubmissionError) -> Problem {
        switch error {
        case .refused(let refusal):
            Problem(
                status: refusal.code.status, code: refusal.code.rawValue,
                title: "The statement breaks a rule", detail: refusal.detail, next: refusal.next)
        case .busy(let limit):
            Problem(
                status: .serviceUnavailable, code: "busy", title: "Too many statements wait",
                detail: "\(limit) wait for their turn",
                next: "Send the same statement again; twice is once.", retryAfterSeconds: 1)
        case .unavailable:
            Problem(
                status: .serviceUnavailable, code: "council-down",
                title: "The council is going down",
                detail: "whether the statement was logged shows after its restart",
                next: "Send the same statement again later; twice is once.", retryAfterSeconds: 5)
        }
    }

    fileprivate static func problem(of error: PersonalRecordError) -> Problem {
        switch error {
        case .badHandle, .badText, .badSalt:
            Problem(
                status: .unprocessableContent, code: "bad-text",
                title: "The text or its salt has another length than allowed",
                detail: error.description, next: "Shorten it, or take another salt.")
        case .handleTaken:
            Problem(
                status: .conflict, code: "handle-taken", title: "The handle is taken",
                detail: error.description, next: "Choose another.")
        case .altered: storageProblem(detail: error.description)
        case .storage(let fault): storageProblem(detail: "storage error \(fault.code)")
        }
    }

    /// Without SQL, which is for the operator's log alone.
    fileprivate static func words(of error: JournalError) -> String {
        if case .corrupt(let index, _) = error { return "entry \(index) is damaged" }
        return "the journal is not available"
    }

    fileprivate static func storageProblem(detail: String) -> Problem {
        Problem(
            status: .serviceUnavailable, code: "storage",
            title: "The council cannot read its own data", detail: detail,
            next: "Tell whoever runs the council; ratified routes stay in force meanwhile.",
            retryAfterSeconds: 10)
    }

    fileprivate static func tooManyPlansProblem(limit: Int) -> Problem {
        Problem(
            status: .serviceUnavailable, code: "busy", title: "Too many plans wait",
            detail: "\(limit) wait for their turn",
            next: "Try again in a few seconds.", retryAfterSeconds: 3)
    }

    fileprivate static func tooManyStreamsProblem(limit: Int) -> Problem {
        Problem(
            status: .serviceUnavailable, code: "too-many-streams",
            title: "Every stream of events is taken", detail: "\(limit) are open",
            next: "Ask GET /api/v1/checkpoint every few seconds instead.", retryAfterSeconds: 60)
    }
}

extension RefusalCode {
    /// 403 for who signs, 409 for what is not possible as things stand, 422 for what is wrong in
    /// itself, 429 for too much.
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .badSignature, .unknownMember, .notJoined, .noLongerAMember, .keyNotInForce,
            .missingCosignature, .notAnElector, .notTheProposer, .subject,
            .notAKeeper, .notASteward:
            .forbidden
        case .duplicate, .alreadyJoined, .notConstituted, .keyInUse, .tooManyKeys, .lastKey,
            .notBegun, .rejectedRecently, .notRefilable, .notInDiscussion, .proposalOver,
            .alreadySponsored, .votingClosed, .wrongReplaces, .alreadySigned, .overlaid:
            .conflict
        case .wrongLog, .expired, .untilTooFar, .wrongDigest, .unknownKey, .planRefused,
            .unknownProposal, .wrongPayload, .unknownOpen, .headNotInLog, .unknownDocument,
            .outsideNetworks, .unknownOverlay:
            .unprocessableContent
        case .tooManyStatements, .tooManyProposals, .tooManyRemarks, .tooManyBallots,
            .tooManyEmergencies:
            .tooManyRequests
        }
    }
}
