import CanonicalJSON
import Council
import HTTPTypes

/// The one place that turns errors into HTTP: status, code, and words for whoever reads them.
extension APIError {
    /// The problem document of this error.
    var problem: Problem {
        switch self {
        case .noSuchPath, .methodNotAllowed, .hostNotServed, .crossOrigin, .notFound:
            addressProblem
        case .notJSON, .bodyTooLarge, .bodyBrokenOff, .malformedJSON, .badBody, .badQuery,
            .textNotNamed:
            contentProblem
        case .notLoggedIn(let tokenGiven): Self.notLoggedInProblem(tokenGiven: tokenGiven)
        case .credentials(let error): Self.problem(of: error)
        case .records(let error): Self.problem(of: error)
        case .journal(let error): Self.storageProblem(detail: Self.word(of: error))
        case .tooManyStreams, .unreadableFile: availabilityProblem
        }
    }

    private var addressProblem: Problem {
        switch self {
        case .methodNotAllowed(let method, let allowed):
            Problem(
                status: .methodNotAllowed, code: "method-not-allowed",
                title: "The path does not take this method",
                detail: "\(method) is not possible here",
                next: "Use \(allowed.joined(separator: " or ")).", allowed: allowed)
        case .hostNotServed(let host):
            Problem(
                status: .misdirectedRequest, code: "host-not-served",
                title: "This council is not known by that host name",
                detail: "The request is for \(host.map { "\"\($0)\"" } ?? "no host at all")",
                next: "Use the address that the council was started with, or start it with "
                    + "that name as a further host.")
        case .crossOrigin:
            Problem(
                status: .forbidden, code: "cross-origin",
                title: "A write that did not come from the council's own pages",
                detail: "Sec-Fetch-Site or Origin is missing or names another site",
                next: "Use the council's own pages, or a program with a bearer token.")
        case .notFound(let what):
            Problem(
                status: .notFound, code: "not-found", title: "Not there",
                detail: "\(what) does not exist", next: "List what there is, and check the name.")
        default:
            Problem(
                status: .notFound, code: "no-such-path", title: "Nothing is served at this path",
                detail: "The path of the request is none of those served",
                next: "See /api/v1/openapi.json for what is.")
        }
    }

    private var contentProblem: Problem {
        switch self {
        case .notJSON(let type):
            Problem(
                status: .unsupportedMediaType, code: "not-json", title: "The body has to be JSON",
                detail: "Content-Type is \(type.map { "\"\($0)\"" } ?? "missing")",
                next: "Send Content-Type: application/json.", closesConnection: true)
        case .bodyTooLarge(let limit):
            Problem(
                status: .contentTooLarge, code: "body-too-large", title: "The body is too long",
                detail: "At most \(limit) octets are read", next: "Send less.",
                closesConnection: true)
        case .bodyBrokenOff(let reason):
            Problem(
                status: .badRequest, code: "body-broken-off", title: "The body broke off",
                detail: reason, next: "Send it again.", closesConnection: true)
        case .malformedJSON(let fault):
            Problem(
                status: .badRequest, code: "malformed-json",
                title: "The body is not JSON as read here",
                detail: fault.description, next: "Mend it there: docs/formats.md §1 says how.")
        case .badBody(let fault):
            Problem(
                status: .badRequest, code: "malformed",
                title: "The body has another form than asked for",
                detail: fault.description, next: "See /api/v1/openapi.json for the form.")
        case .badQuery(let name, let reason):
            Problem(
                status: .badRequest, code: "bad-query", title: "The query was not understood",
                detail: "The parameter \"\(name)\" \(reason)",
                next: "See /api/v1/openapi.json for the parameters.")
        default:
            Problem(
                status: .badRequest, code: "text-not-named",
                title: "A text that the statement does not name", detail: String(describing: self),
                next: "Name the text's digest as `reason` in the statement, or leave it out.")
        }
    }

    private var availabilityProblem: Problem {
        switch self {
        case .tooManyStreams(let limit):
            Problem(
                status: .serviceUnavailable, code: "too-many-streams",
                title: "Every stream of events is taken", detail: "\(limit) are open",
                next: "Ask GET /api/v1/checkpoint every few seconds instead.", retryAfterSeconds: 60
            )
        default: Self.storageProblem(detail: "A published file could not be read")
        }
    }

    private static func notLoggedInProblem(tokenGiven: Bool) -> Problem {
        Problem(
            status: .unauthorized, code: tokenGiven ? "session-over" : "not-logged-in",
            title: "This needs a session",
            detail: tokenGiven
                ? "The token is unknown, or its session has ended" : "The request carries no token",
            next: "Log in: POST /api/v1/sessions, or `commonway login`.")
    }

    private static func problem(of error: CredentialError) -> Problem {
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
                next: "Wait; the right password is not looked at before.",
                retryAfterSeconds: max(1, Int((milliseconds + 999) / 1_000)))
        case .busy:
            Problem(
                status: .serviceUnavailable, code: "busy",
                title: "Too many passwords are being checked", detail: error.description,
                next: "Try again in a few seconds.", retryAfterSeconds: 3)
        case .storage(let fault): storageProblem(detail: "storage error \(fault.code)")
        }
    }

    private static func problem(of error: PersonalRecordError) -> Problem {
        switch error {
        case .badLength, .badSalt:
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

    /// The journal's error without SQL, which is for the operator's log alone.
    private static func word(of error: JournalError) -> String {
        switch error {
        case .corrupt(let index, _): "entry \(index) is damaged"
        default: "the journal is not available"
        }
    }

    private static func storageProblem(detail: String) -> Problem {
        Problem(
            status: .serviceUnavailable, code: "storage",
            title: "The council cannot read its own data",
            detail: detail,
            next: "Tell whoever runs the council; ratified routes stay in force meanwhile.",
            retryAfterSeconds: 10)
    }
}
