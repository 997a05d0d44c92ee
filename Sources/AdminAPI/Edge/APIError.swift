import CanonicalJSON
import Council
import Routing

/// Why a request was not answered with what it asked for. Turned into HTTP in one place,
/// `APIError+Problem.swift`.
enum APIError: Error, Sendable {
    /// Nothing is served at this path.
    case noSuchPath(String)
    /// The path is served, but not with this method.
    case methodNotAllowed(method: String, allowed: [String])
    /// The request was for another host: DNS rebinding, or a name that the council was not told.
    case hostNotServed(String?)
    /// The request names a host more than once, and whoever passed it on may have read another one.
    case severalHosts
    /// A page of another site sent a write.
    case crossOrigin
    /// The body is not declared as JSON.
    case notJSON(contentType: String?)
    /// The body is longer than the limit, octets.
    case bodyTooLarge(limit: Int)
    /// The body broke off.
    case bodyBrokenOff(String)
    /// The body is no JSON of the strict profile.
    case malformedJSON(JSONFault)
    /// The body is JSON of another form than asked for.
    case badBody(FormatFault)
    /// A query parameter that is unknown, malformed, or given twice.
    case badQuery(name: String, reason: String)
    /// The call needs a session and the request names none that is good.
    case notLoggedIn(tokenGiven: Bool)
    /// A thing of this kind and name is not there.
    case notFound(what: String)
    /// A password, an invitation or a session was not accepted.
    case credentials(CredentialError)
    /// Personal records could not be read or kept.
    case records(PersonalRecordError)
    /// The council could not read.
    case journal(JournalError)
    /// The council did not take a statement.
    case submission(SubmissionError)
    /// A text that came with a statement has a digest that the statement does not name.
    case textNotNamed(index: Int, digest: ContentDigest)
    /// Operations cannot be planned on the table of the day.
    case planRefused(String)
    /// What should prove whose account it is does not.
    case proofNotGood
    /// As many plans are asked for as may wait.
    case tooManyPlans(limit: Int)
    /// The entry is in the log, but no published checkpoint covers it yet.
    case notInCheckpoint(index: Int)
    /// Every stream of events is taken.
    case tooManyStreams(limit: Int)
    /// A published file could not be read, though it should be there.
    case unreadableFile(path: String, reason: String)
}
