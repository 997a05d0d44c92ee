import Council
import HTTPTypes
import Hummingbird
import Logging

/// Answers every request: the API under `/api/v1`, the log's files under `/log`, metrics at
/// `/metrics`, the pages elsewhere.
///
/// The one place where a typed error becomes HTTP, and where the headers that all answers carry are
/// added; nothing thrown below reaches Hummingbird.
struct AdminResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    /// The calls of the API.
    let calls: [APICall]
    /// The pages, and the OpenAPI document.
    let pages: StaticFiles
    /// The published log.
    let logFiles: LogFiles
    /// How far log and witnesses are, for metrics.
    let facts: @Sendable () async -> WitnessFacts
    /// Who is logged in, and which hosts are ours.
    let doorkeeper: Doorkeeper
    /// The council's clock, milliseconds since 1970.
    let now: @Sendable () -> Int64
    /// Whether a proxy in front ends TLS.
    let isBehindTLS: Bool

    private static let apiPrefix = "/api/v1/"
    private static let logPrefix = "/log/"
    private static let metricsPath = "/metrics"

    func respond(to request: Request, context: BasicRequestContext) async -> Response {
        var response: Response
        do throws(APIError) {
            response = try await answer(to: request)
        } catch {
            let problem = error.problem
            if problem.status.kind == .serverError {
                context.logger.error(
                    "request failed",
                    metadata: ["path": "\(request.uri.path)", "cause": "\(error)"])
            }
            response = problem.response
        }
        SecurityHeaders.add(to: &response, isBehindTLS: isBehindTLS)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(to request: Request) async throws(APIError) -> Response {
        try refuseOtherHosts(request)
        let path = request.uri.path
        if path.hasPrefix(Self.apiPrefix) { return try await answerCall(request, path: path) }
        guard request.method == .get || request.method == .head else {
            throw .methodNotAllowed(method: request.method.rawValue, allowed: ["GET", "HEAD"])
        }
        if path.hasPrefix(Self.logPrefix) {
            var response = try logFiles.answer(
                path: String(path.dropFirst(Self.logPrefix.count)), to: request)
            SecurityHeaders.openToAll(&response)
            return response
        }
        if path == Self.metricsPath {
            return Answer.metrics(CouncilMetrics(await facts(), now: now()).text)
        }
        guard let file = pages.file(at: path) else { throw .noSuchPath(path) }
        return file.response(to: request)
    }

    /// A target in absolute form goes before the `Host` (RFC 9112 §3.2.2), so both have to be ours.
    private func refuseOtherHosts(_ request: Request) throws(APIError) {
        guard request.headers[values: .host].isEmpty else { throw .severalHosts }
        for authority in [request.head.authority, request.uri.host ?? request.head.authority] {
            guard doorkeeper.hostGuard.accepts(authority: authority) else {
                throw .hostNotServed(authority)
            }
        }
    }

    private func answerCall(_ request: Request, path: String) async throws(APIError) -> Response {
        let parts = path.dropFirst(Self.apiPrefix.count)
            .split(separator: "/", omittingEmptySubsequences: false)
        // By place: to copy each call costs more than to look at it.
        let fitting = calls.indices.filter { calls[$0].fits(parts) }
        guard !fitting.isEmpty else { throw .noSuchPath(path) }
        let method: HTTPRequest.Method = request.method == .head ? .get : request.method
        guard let place = fitting.first(where: { calls[$0].method == method }) else {
            let methods = fitting.map { calls[$0].methodName }
            throw .methodNotAllowed(
                method: request.method.rawValue,
                allowed: methods.contains("GET") ? methods + ["HEAD"] : methods)
        }
        let call = calls[place]
        if method != .get { try doorkeeper.refuseOtherPages(request) }
        let query = try QueryString.parse(request.uri.query ?? "", known: call.queryNames)
        var response = try await call.handler(
            APIRequest(
                request: request, captures: call.captures(of: parts), query: query, now: now(),
                doorkeeper: doorkeeper))
        if call.access == .everyone && method == .get { SecurityHeaders.openToAll(&response) }
        return response
    }
}
