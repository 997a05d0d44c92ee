internal import HTTP1

/// Why the gateway answers for itself. One place gives each its status, its name in
/// `Commonway-Error` and its sentence; `MessageError` has its own.
enum Failure: Error, Equatable {
    /// Nobody published a table yet.
    case noTable
    /// No match fits the request.
    case noRoute
    /// Stewards disabled the route for a while.
    case routeDisabled
    /// The operator refuses the route.
    case routeRefused
    /// The operator refuses the networks in which all endpoints of the backend lie.
    case networkRefused
    /// The rule has no backend with a weight.
    case noBackend
    /// The backend has no endpoint that has an address.
    case noEndpoint
    /// Connections to endpoints are at their limit.
    case endpointBusy
    /// No endpoint tried could be connected to.
    case connectFailed
    /// The endpoints' address is one that may not be connected to.
    case connectForbidden
    /// Connecting took too long.
    case connectTimeout
    /// The endpoint ended the connection before any octet of a response.
    case endpointClosed
    /// The endpoint's connection ended within the response's head.
    case responseHeadCut
    /// The endpoint was silent too long.
    case endpointTimeout
    /// The exchange took longer than the route allows.
    case requestTimeout
    /// The route sends a secret that this gateway does not hold.
    case secretMissing
    /// The client's head took too long.
    case headTimeout
    /// The client's body came too slowly.
    case bodyTimeout
    /// https was asked for on a plain listener.
    case misdirected
    /// TRACE.
    case traceMethod
    /// The head that was to go on does not fit our buffers.
    case headTooLargeToForward
    /// The client's address has as many connections as it may.
    case tooManyConnections
    /// The endpoint changed to another protocol before the request was whole.
    case earlyUpgrade

    // What ends an exchange without an answer of ours: known to the log and the metrics alone.

    /// The client went away.
    case clientClosed
    /// The client did not take what waited for it.
    case clientTooSlow
    /// The endpoint's response ended before it was whole.
    case responseCut
    /// Nothing passed through a tunnel for too long.
    case tunnelIdle
    /// The gateway ended before the exchange did.
    case stopped
    /// The message itself is at fault, the client's or the endpoint's.
    case message(MessageError)

    /// The status code.
    var status: Int {
        switch self {
        case .noRoute: 404
        case .traceMethod: 405
        case .headTimeout, .bodyTimeout: 408
        case .misdirected: 421
        case .headTooLargeToForward: 431
        case .routeRefused, .networkRefused: 451
        case .noBackend: 500
        case .responseHeadCut, .responseCut, .earlyUpgrade: 502
        case .noTable, .routeDisabled, .secretMissing, .noEndpoint, .endpointBusy, .connectFailed,
            .connectForbidden, .endpointClosed, .tooManyConnections, .clientClosed,
            .clientTooSlow, .tunnelIdle, .stopped:
            503
        case .connectTimeout, .endpointTimeout, .requestTimeout: 504
        case .message(let error): error.status
        }
    }

    /// The name in `Commonway-Error`; for a message fault its category alone.
    var name: StaticString {
        switch self {
        case .noTable: "no-table"
        case .noRoute: "no-route"
        case .routeDisabled: "route-disabled"
        case .routeRefused: "refused:route"
        case .networkRefused: "refused:network"
        case .noBackend: "no-backend"
        case .noEndpoint: "no-endpoint"
        case .endpointBusy: "endpoint-busy"
        case .connectFailed: "connect-failed"
        case .connectForbidden: "connect-forbidden"
        case .connectTimeout: "connect-timeout"
        case .endpointClosed: "endpoint-closed"
        case .responseHeadCut: "bad-response:cut-short"
        case .endpointTimeout: "endpoint-timeout"
        case .requestTimeout: "request-timeout"
        case .secretMissing: "secret-missing"
        case .headTimeout: "head-timeout"
        case .bodyTimeout: "body-timeout"
        case .misdirected: "misdirected"
        case .traceMethod: "method-not-allowed:trace"
        case .headTooLargeToForward: "head-too-large:to-forward"
        case .tooManyConnections: "too-many-connections"
        case .earlyUpgrade: "bad-response:early-upgrade"
        case .clientClosed: "client-closed"
        case .clientTooSlow: "client-too-slow"
        case .responseCut: "response-cut-short"
        case .tunnelIdle: "tunnel-idle"
        case .stopped: "gateway-stopped"
        case .message(let error): error.category
        }
    }

    /// One sentence for whoever reads the body.
    var detail: StaticString {
        switch self {
        case .noTable: "This gateway has no verified route table yet."
        case .noRoute: "No ratified route fits this request."
        case .routeDisabled:
            "Stewards disabled this route for now; the community's log says when and who."
        case .routeRefused:
            "The operator refuses to serve this route; the community's log has the reason."
        case .networkRefused:
            "The operator refuses to send to the backend; the community's log has the reason."
        case .noBackend: "The route that fits this request has no backend with a weight."
        case .noEndpoint: "The backend has no endpoint with a known address."
        case .endpointBusy: "The backend has as many connections as this gateway allows it."
        case .connectFailed: "No endpoint of the backend could be connected to."
        case .connectForbidden: "The endpoint's address is one that may not be connected to."
        case .connectTimeout: "Connecting to the backend took too long."
        case .endpointClosed: "The endpoint closed the connection before it answered."
        case .responseHeadCut: "The endpoint closed the connection within its answer's head."
        case .endpointTimeout: "The endpoint did not answer in time."
        case .requestTimeout: "The request took longer than its route allows."
        case .secretMissing: "The route sends a secret that this gateway does not hold."
        case .headTimeout: "The request's head took too long to arrive."
        case .bodyTimeout: "The request's body came too slowly."
        case .misdirected: "This listener does not speak for https."
        case .traceMethod: "TRACE is not forwarded."
        case .headTooLargeToForward: "The request's head is too large to be passed on."
        case .tooManyConnections: "Your address has as many connections as it may."
        case .earlyUpgrade: "The endpoint changed the protocol before the request was whole."
        case .clientClosed: "The client went away."
        case .clientTooSlow: "The client did not take the response."
        case .responseCut: "The endpoint closed the connection within its answer."
        case .tunnelIdle: "Nothing passed for too long."
        case .stopped: "The gateway ended."
        case .message(let error):
            error.side == .response
                ? "The endpoint's answer is not valid HTTP."
                : "The request is not valid, or not what this gateway accepts."
        }
    }

    /// The reason phrase, and the problem document's title.
    var title: StaticString {
        switch status {
        case 400: "Bad Request"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 421: "Misdirected Request"
        case 431: "Request Header Fields Too Large"
        case 451: "Unavailable For Legal Reasons"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: "Service Unavailable"
        }
    }
}
