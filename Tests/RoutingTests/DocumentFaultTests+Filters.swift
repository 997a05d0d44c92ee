extension RefusedDocument {
    private static let types =
        "CORS, RequestHeaderModifier, RequestMirror, RequestRedirect, ResponseHeaderModifier, "
        + "URLRewrite"

    static let filters: [RefusedDocument] = [
        .filter("", "type is missing", "type: \(types)", ""),
        .filter("type", "unknown filter type Magic", types, "type: Magic"),
        .filter("type", "ExtensionRef is not built yet", types, "type: ExtensionRef"),
        .filter("", "cors is missing", "cors: what the filter does", "type: CORS"),
        .filter(
            "urlRewrite", "unknown field urlRewrite", "cors, type",
            "type: CORS, urlRewrite: {}, cors: {}"),
        .filter("cors", "a string stands here", "an object", "type: CORS, cors: all"),
        .rule(
            "filters/1/type", "a second CORS", "each filter type once but mirrors",
            "filters: [{type: CORS, cors: {}}, {type: CORS, cors: {}}]"),
        .rule(
            "filters/1/type", "RequestRedirect and URLRewrite together",
            "one of the two: a redirected request is not forwarded",
            "filters: [{type: URLRewrite, urlRewrite: {hostname: b}}, "
                + "{type: RequestRedirect, requestRedirect: {}}]"),
        .rule(
            "backendRefs", "a redirect with backendRefs",
            "none: a redirected request is not forwarded",
            "filters: [{type: RequestRedirect, requestRedirect: {}}], backendRefs: [{name: b}]"),
        .rule(
            "backendRefs/0/filters/0/type", "a redirect on a backendRef",
            "a redirect on a rule without backendRefs",
            "backendRefs: [{name: b, filters: [{type: RequestRedirect, requestRedirect: {}}]}]"),
        .rule(
            "filters/0", "ReplacePrefixMatch where a match has an Exact path",
            "a PathPrefix in every match of the rule",
            "matches: [{path: {value: /a}}, {path: {type: Exact, value: /b}}], "
                + "filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, "
                + "replacePrefixMatch: /c}}}]"),
        .rule(
            "backendRefs/0/filters/0", "ReplacePrefixMatch where a match has an Exact path",
            "a PathPrefix in every match of the rule",
            "matches: [{path: {type: Exact, value: /b}}], backendRefs: [{name: b, filters: "
                + "[{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, "
                + "replacePrefixMatch: /c}}}]}]"),
    ]

    private static func edit(
        _ pointer: String, _ reason: String, _ expected: String, _ members: String,
        side: String = "request"
    ) -> RefusedDocument {
        let (type, member) =
            side == "request"
            ? ("RequestHeaderModifier", "requestHeaderModifier")
            : ("ResponseHeaderModifier", "responseHeaderModifier")
        return .filter(
            pointer.isEmpty ? member : "\(member)/\(pointer)", reason, expected,
            "type: \(type), \(member): {\(members)}")
    }

    private static let onReference =
        "a RequestHeaderModifier on the backendRef that it is sent to"
    private static let secret = "valueFrom: {secret: NAME}, on the backendRef that it is sent to"
    private static let noValue =
        "1 to 4096 octets, none of control, no white space at either end"

    static let headerEdits: [RefusedDocument] =
        [
            edit("", "it edits nothing", "set, add or remove", ""),
            edit("", "it edits nothing", "set, add or remove", "set: []"),
            edit("sets", "unknown field sets", "add, remove, set", "sets: []"),
            edit("set/0", "name is missing", "name: a header name", "set: [{value: x}]"),
            edit("set/0", "value is missing", "value: a value, or valueFrom", "set: [{name: X}]"),
            edit(
                "set/0/name", "\"X Y\" is no header name",
                "a token (RFC 9110 §5.6.2), at most 256 octets", "set: [{name: X Y, value: z}]"),
            edit(
                "set/0/value", "no header can have this value", noValue,
                "set: [{name: X, value: \"\"}]"),
            edit(
                "add/0/value", "no header can have this value", noValue,
                "add: [{name: X, value: \"a\\r\\nY: b\"}]"),
            edit(
                "set/1/name", "x came before", "each name once in a list",
                "set: [{name: X, value: y}, {name: x, value: z}]"),
            edit(
                "remove/1", "x came before", "each name once in a list", "remove: [X, x]"),
            edit(
                "remove/0", "x is set or added too", "one of them",
                "set: [{name: X, value: y}], remove: [x]"),
            edit("remove/0", "an integer stands here", "a header name", "remove: [1]"),
            edit(
                "set/0/name", "Host is not edited as a field", "a URLRewrite with hostname",
                "set: [{name: Host, value: b}]"),
            edit(
                "remove/0", "the gateway itself answers for Content-Length", "another field",
                "remove: [Content-Length]"),
            edit(
                "remove/0", "the gateway itself answers for Transfer-Encoding", "another field",
                "remove: [Transfer-Encoding]", side: "response"),
            edit(
                "add/0/name", "the gateway itself answers for X-Forwarded-For", "another field",
                "add: [{name: X-Forwarded-For, value: 1.2.3.4}]"),
            edit(
                "set/0/valueFrom", "a secret that is not for one backend", onReference,
                "set: [{name: Authorization, valueFrom: {secret: s}}]"),
            edit(
                "set/0/value", "value and valueFrom", "one of the two",
                "set: [{name: X, value: y, valueFrom: {secret: s}}]"),
            edit(
                "", "fields of 8210 octets", "at most 8192 in a filter",
                "set: [{name: A, value: \(String(repeating: "y", count: 4096))}, "
                    + "{name: B, value: \(String(repeating: "y", count: 4096))}], "
                    + "add: [{name: C, value: yyy}]"),
            edit(
                "set", "17 elements", "at most 16",
                "set: [\((0..<17).map { "{name: X\($0), value: y}" }.joined(separator: ", "))]"),
        ]
        + ["Authorization", "Cookie", "X-Api-Key", "X-Auth-Token"].map { name in
            edit(
                "set/0/value",
                "the log is public for ever, and \(name.lowercased()) carries a secret", secret,
                "set: [{name: \(name), value: y}]")
        }

    private static func redirect(
        _ pointer: String, _ reason: String, _ expected: String, _ members: String
    ) -> RefusedDocument {
        .filter(
            "requestRedirect/\(pointer)", reason, expected,
            "type: RequestRedirect, requestRedirect: {\(members)}")
    }

    private static func mirror(
        _ pointer: String, _ reason: String, _ expected: String, _ members: String
    ) -> RefusedDocument {
        .filter(
            pointer.isEmpty ? "requestMirror" : "requestMirror/\(pointer)", reason, expected,
            "type: RequestMirror, requestMirror: {\(members)}")
    }

    static let places: [RefusedDocument] = [
        redirect(
            "statusCode", "304 names no other place", "301, 302, 303, 307 or 308",
            "statusCode: 304"),
        redirect("statusCode", "200 is out of range", "an integer, 300 to 399", "statusCode: 200"),
        redirect("scheme", "unknown value ftp", "http, https", "scheme: ftp"),
        redirect("port", "0 is out of range", "an integer, 1 to 65535", "port: 0"),
        redirect(
            "hostname", "\"*.example.org\" is no host",
            "a DNS name such as library.example.org; no wildcard, port or IP address",
            "hostname: \"*.example.org\""),
        redirect(
            "path", "type is missing", "type: ReplaceFullPath, ReplacePrefixMatch",
            "path: {replaceFullPath: /a}"),
        redirect(
            "path/replacePrefixMatch", "unknown field replacePrefixMatch",
            "replaceFullPath, type", "path: {type: ReplaceFullPath, replacePrefixMatch: /a}"),
        redirect(
            "path/replaceFullPath", "the path does not begin with /", "/ first",
            "path: {type: ReplaceFullPath, replaceFullPath: a}"),
        redirect(
            "path/replaceFullPath", "the path does not begin with /", "/ first",
            "path: {type: ReplaceFullPath, replaceFullPath: \"\"}"),
        redirect(
            "path/replaceFullPath", "the path holds ?",
            "a path only; the query is matched by queryParams",
            "path: {type: ReplaceFullPath, replaceFullPath: \"/a?b\"}"),
        .filter(
            "urlRewrite", "it rewrites nothing", "hostname or path",
            "type: URLRewrite, urlRewrite: {}"),
        mirror("", "backendRef is missing", "backendRef: {name: a Backend}", "percent: 1"),
        mirror(
            "percent", "101 is out of range", "an integer, 0 to 100",
            "backendRef: {name: b}, percent: 101"),
        mirror(
            "fraction", "percent and fraction", "one of the two",
            "backendRef: {name: b}, percent: 1, fraction: {numerator: 1}"),
        mirror(
            "fraction/numerator", "3 is out of range", "an integer, 0 to 2",
            "backendRef: {name: b}, fraction: {numerator: 3, denominator: 2}"),
        mirror(
            "fraction/denominator", "0 is out of range", "an integer, 1 to 1000000",
            "backendRef: {name: b}, fraction: {numerator: 0, denominator: 0}"),
    ]

    private static func origin(_ text: String) -> RefusedDocument {
        .filter(
            "cors/allowOrigins/0", "\"\(text)\" is no origin",
            "*, or scheme://host[:port] in lower case, the host a name or *.name",
            "type: CORS, cors: {allowOrigins: [\"\(text)\"]}")
    }

    static let cors: [RefusedDocument] =
        [
            "null", "example.org", "https://", "https://a/", "https://a/b", "https://A", "ftp://a",
            "https://a:0", "https://a:99999", "https://*", "https://a.*.b", "https://u@a",
            "https://*.[::1]",
        ]
        .map(origin) + [
            .filter(
                "cors/allowOrigins", "* and other origins", "* alone",
                "type: CORS, cors: {allowOrigins: [\"*\", \"https://a\"]}"),
            .filter(
                "cors/allowMethods/0", "unknown value get",
                "GET, HEAD, PUT, POST, DELETE, CONNECT, OPTIONS, TRACE, PATCH, *",
                "type: CORS, cors: {allowMethods: [get]}"),
            .filter(
                "cors/allowHeaders", "* and others", "* alone",
                "type: CORS, cors: {allowHeaders: [X, \"*\"]}"),
            .filter(
                "cors/exposeHeaders/0", "unknown value a b", "header names, or * alone",
                "type: CORS, cors: {exposeHeaders: [a b]}"),
            .filter(
                "cors/exposeHeaders", "a list of 2510 octets", "at most 2048",
                "type: CORS, cors: {exposeHeaders: ["
                    + (10..<20).map { "x\($0)\(String(repeating: "y", count: 246))" }
                    .joined(separator: ", ") + "]}"),
            .filter(
                "cors/maxAge", "0 is out of range", "an integer, 1 to 2147483647",
                "type: CORS, cors: {maxAge: 0}"),
            .filter(
                "cors/allowCredentials", "a string stands here", "true or false",
                "type: CORS, cors: {allowCredentials: \"yes\"}"),
        ]

    static let times: [RefusedDocument] =
        ["1", "s", "1 s", "1d", "1.5s", "-1s", "123456s", "1h1h1h1h1h", ""].map { text in
            .rule(
                "timeouts/request", "\"\(text)\" is no duration",
                "a duration such as 10s, 500ms or 1h30m", "timeouts: {request: \"\(text)\"}")
        } + [
            .rule(
                "timeouts/request", "25h is out of range", "at most 24h",
                "timeouts: {request: 25h}"),
            .rule(
                "timeouts/backendRequest", "it is longer than request",
                "at most request, which bounds the whole exchange",
                "timeouts: {request: 1s, backendRequest: 1001ms}"),
            .rule(
                "retry/codes/0", "200 is no status to retry", "400 to 599, each once",
                "retry: {codes: [200]}"),
            .rule(
                "retry/codes/1", "503 is no status to retry", "400 to 599, each once",
                "retry: {codes: [503, 503]}"),
            .rule(
                "retry/attempts", "11 is out of range", "an integer, 0 to 10",
                "retry: {attempts: 11}"),
            .rule("retry/backoff", "a long backoff", "at most 1m", "retry: {backoff: 61s}"),
        ]
}
