import Council
import HTTPTypes
import Hummingbird

/// Knows who is logged in: a bearer token (RFC 6750), or a cookie that no script can read.
///
/// A cookie is sent by the browser whoever asks for it, so a write with a cookie has to come from a
/// page of this council (`Sec-Fetch-Site` or `Origin`); `SameSite=Strict` says the same to the
/// browser.
struct Doorkeeper: Sendable {
    /// Where passwords and sessions are.
    let credentials: any Credentials
    /// Which pages are this council's.
    let hostGuard: HostGuard
    /// Whether cookies are sent over https only.
    let isBehindTLS: Bool

    /// The cookie's name.
    static let cookieName = "commonway_session"

    init(credentials: any Credentials, configuration: AdminConfiguration) {
        self.credentials = credentials
        hostGuard = HostGuard(configuration: configuration)
        isBehindTLS = configuration.isBehindTLS
    }

    /// The session that a request names.
    ///
    /// - Throws: ``APIError/notLoggedIn(tokenGiven:)``, ``APIError/crossOrigin`` for a write with a
    ///   cookie that did not come from our own page, ``APIError/credentials(_:)``.
    func session(of request: Request, now: Int64) async throws(APIError) -> Session {
        let token = try token(of: request)
        let session: Session?
        do throws(CredentialError) {
            session = try await credentials.session(token: token, now: now)
        } catch {
            throw .credentials(error)
        }
        guard let session else { throw .notLoggedIn(tokenGiven: true) }
        return session
    }

    /// The token that a request carries.
    ///
    /// - Throws: ``APIError/notLoggedIn(tokenGiven:)``, ``APIError/crossOrigin``.
    func token(of request: Request) throws(APIError) -> Secret {
        if let authorization = request.headers[.authorization] {
            let parts = authorization.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else {
                throw .notLoggedIn(tokenGiven: true)
            }
            return Secret(text: String(parts[1]))
        }
        guard let token = Self.cookie(in: request.headers) else {
            throw .notLoggedIn(tokenGiven: false)
        }
        let isRead = request.method == .get || request.method == .head
        guard isRead || sender(of: request) == .ownPage else { throw .crossOrigin }
        return Secret(text: token)
    }

    /// Refuses a write that a page of another site sent, before its body is looked at.
    ///
    /// - Throws: ``APIError/crossOrigin``.
    func refuseOtherPages(_ request: Request) throws(APIError) {
        guard sender(of: request) != .otherPage else { throw .crossOrigin }
    }

    /// The `Set-Cookie` that keeps a token, or with none forgets it (RFC 6265 §4.1).
    func setCookie(token: Secret?, lifetimeSeconds: Int64) -> String {
        let value = token?.revealText() ?? ""
        let age = token == nil ? 0 : lifetimeSeconds
        var attributes = ["Path=/", "Max-Age=\(age)", "HttpOnly", "SameSite=Strict"]
        if isBehindTLS { attributes.append("Secure") }
        return (["\(Self.cookieName)=\(value)"] + attributes).joined(separator: "; ")
    }

    private func sender(of request: Request) -> HostGuard.Sender {
        hostGuard.sender(
            fetchSite: request.headers[.secFetchSite], origin: request.headers[.origin],
            authority: request.head.authority)
    }

    private static func cookie(in headers: HTTPFields) -> String? {
        for line in headers[values: .cookie] {
            for pair in line.split(separator: ";") {
                let trimmed = pair.drop { $0 == " " }
                guard trimmed.hasPrefix(cookieName + "=") else { continue }
                return String(trimmed.dropFirst(cookieName.utf8.count + 1))
            }
        }
        return nil
    }
}

extension HTTPField.Name {
    /// `Host` (RFC 9110 §7.2): the first is the request's authority, this would be a second one.
    static let host = fieldName("Host")
    /// `Sec-Fetch-Site` (W3C Fetch Metadata Request Headers).
    static let secFetchSite = fieldName("Sec-Fetch-Site")
    /// `Referrer-Policy` (W3C Referrer Policy).
    static let referrerPolicy = fieldName("Referrer-Policy")
    /// `Cross-Origin-Opener-Policy` (WHATWG HTML).
    static let crossOriginOpenerPolicy = fieldName("Cross-Origin-Opener-Policy")
    /// `Permissions-Policy` (W3C Permissions Policy).
    static let permissionsPolicy = fieldName("Permissions-Policy")

    private static func fieldName(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else {
            preconditionFailure("the header names in this file are tokens (RFC 9110 §5.6.2)")
        }
        return name
    }
}
