import HTTPTypes
import Hummingbird

/// The headers that every answer carries.
enum SecurityHeaders {
    /// Nothing from elsewhere, nothing inline: an injected text stays a text.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
        "img-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// Adds them to a response.
    static func add(to response: inout Response, isBehindTLS: Bool) {
        response.headers[.contentSecurityPolicy] = contentSecurityPolicy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if isBehindTLS {
            response.headers[.strictTransportSecurity] = "max-age=31536000"
        }
    }

    /// Lets pages of every site read an answer that is the same for everybody.
    static func openToAll(_ response: inout Response) {
        response.headers[.accessControlAllowOrigin] = "*"
    }
}
