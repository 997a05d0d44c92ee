extension RefusedDocument {
    private static let routeFields =
        "annotations, apiVersion, hostnames, kind, labels, name, "
        + "parentRefs, rules"
    private static let nameExpected =
        "a DNS name of lower-case letters, digits, - and ., at most 253 octets"
    private static let version = "gateway.networking.k8s.io/v1"

    static let envelopes: [RefusedDocument] = [
        .init("", "a string stands here", "an object", "just text"),
        .init("", "kind is missing", "kind: HTTPRoute or Backend", "{name: r}"),
        .init(
            "/kind", "unknown kind GRPCRoute", "HTTPRoute or Backend", "{kind: GRPCRoute}"),
        .init("/kind", "an integer stands here", "a string", "{kind: 1, name: r}"),
        .init("", "name is missing", "name: \(nameExpected)", "{kind: HTTPRoute, rules: [{}]}"),
        .init(
            "/name", "\"Library\" is no name", nameExpected,
            "{kind: HTTPRoute, name: Library, rules: [{}]}"),
        .init(
            "/name", "\"a/b\" is no name", nameExpected, "{kind: HTTPRoute, name: a/b, rules: [{}]}"
        ),
        .init(
            "/name", "\"-a\" is no name", nameExpected, "{kind: HTTPRoute, name: -a, rules: [{}]}"),
        .init(
            "/name", "\"a..b\" is no name", nameExpected,
            "{kind: HTTPRoute, name: a..b, rules: [{}]}"),
        .init(
            "/extra", "unknown field extra", routeFields,
            "{kind: HTTPRoute, name: r, rules: [{}], extra: 1}"),
        .init(
            "/namespace", "namespace only makes sense in Kubernetes", "a document without it",
            "{kind: HTTPRoute, name: r, namespace: n, rules: [{}]}"),
        .init(
            "/status", "status only makes sense in Kubernetes", "a document without it",
            "{kind: HTTPRoute, name: r, status: {}, rules: [{}]}"),
        .init("", "no rules", "rules: 1 to 16", "{kind: HTTPRoute, name: r}"),
        .init("", "no rules", "rules: 1 to 16", "{kind: HTTPRoute, name: r, rules: []}"),
        .init(
            "/rules", "an object stands here", "an array", "{kind: HTTPRoute, name: r, rules: {}}"),
        .init(
            "/labels", "a string stands here", "an object",
            "{kind: HTTPRoute, name: r, labels: x, rules: [{}]}"),
        .init(
            "/apiVersion", "unknown version gateway.networking.k8s.io/v1beta1", version,
            """
            {apiVersion: gateway.networking.k8s.io/v1beta1, kind: HTTPRoute, metadata: {name: r}, \
            spec: {rules: [{}]}}
            """
        ),
        .init(
            "", "apiVersion is missing", "apiVersion: \(version)",
            "{kind: HTTPRoute, metadata: {name: r}, spec: {rules: [{}]}}"),
        .init(
            "", "spec is missing", "spec: {rules: …}",
            "{apiVersion: \(version), kind: HTTPRoute, metadata: {name: r}}"),
        .init(
            "", "metadata is missing", "metadata: {name: …}",
            "{apiVersion: \(version), kind: HTTPRoute, spec: {rules: [{}]}}"),
        .init(
            "/metadata/namespace", "namespace only makes sense in Kubernetes",
            "a document without it",
            """
            {apiVersion: \(version), kind: HTTPRoute, metadata: {name: r, namespace: n}, spec: \
            {rules: [{}]}}
            """
        ),
        .init(
            "/metadata/uid", "unknown field uid", "annotations, labels, name",
            """
            {apiVersion: \(version), kind: HTTPRoute, metadata: {name: r, uid: n}, spec: {rules: \
            [{}]}}
            """
        ),
        .init(
            "/spec/parentRefs/0/sectionName", "a parentRef with sectionName",
            "none: a route is served on every listener",
            """
            {apiVersion: \(version), kind: HTTPRoute, metadata: {name: r}, spec: {parentRefs: \
            [{name: g, sectionName: s}], rules: [{}]}}
            """
        ),
        .init(
            "/spec/parentRefs/0/port", "a parentRef with port",
            "none: a route is served on every listener",
            """
            {apiVersion: \(version), kind: HTTPRoute, metadata: {name: r}, spec: {parentRefs: \
            [{name: g, port: 80}], rules: [{}]}}
            """
        ),
        .init(
            "/spec/rules/0/backendRefs/0", "port is missing",
            "a port: this spelling's backendRefs must name one",
            """
            {apiVersion: \(version), kind: HTTPRoute, metadata: {name: r}, spec: {rules: \
            [{backendRefs: [{name: b}]}]}}
            """
        ),
        .init(
            "/kind", "Gateway API has no kind Backend",
            "kind, name and endpoints, without apiVersion",
            "{apiVersion: \(version), kind: Backend, metadata: {name: r}, spec: {}}"),
    ]

    static let hostnames: [RefusedDocument] = [
        .host(""), .host("*"), .host("*."), .host("a.*.org"), .host("*a.org"), .host("a.org:8080"),
        .host("a.org."), .host("192.0.2.1"), .host("*.192.0.2.1"), .host("a.1"), .host("::1"),
        .host("[::1]"), .host("a_b.org"), .host("-a.org"), .host("a-.org"), .host("bücher.example"),
        .host("a b.org"), .host(String(repeating: "a", count: 64) + ".org"),
        .init(
            "/hostnames/1", "a.org came before", "each hostname once",
            "{kind: HTTPRoute, name: r, hostnames: [a.org, A.org], rules: [{}]}"),
        .init(
            "/hostnames/0", "7 is no hostname",
            "a DNS name such as library.example.org, or *. and one; no port, no IP address",
            "{kind: HTTPRoute, name: r, hostnames: [7], rules: [{}]}"),
    ]

    static let paths: [RefusedDocument] = [
        .path("", "the path does not begin with /", "/ first"),
        .path("a", "the path does not begin with /", "/ first"),
        .path("/a//b", "the path holds //", "a path without //"),
        .path("/a/./b", "the path holds /./", "a path without /./"),
        .path("/a/../b", "the path holds /../", "a path without /../"),
        .path("/a/.", "the path ends in /.", "a path without dot segments"),
        .path("/a/..", "the path ends in /..", "a path without dot segments"),
        .path("/a%2fb", "the path holds %2f", "a path without %2f"),
        .path("/a%2Fb", "the path holds %2f", "a path without %2f"),
        .path("/a%2Eb", "the path holds %2e", ". as it is"),
        .path("/a%00b", "the path holds %00", "a path without %00"),
        .path("/a#b", "the path holds #", "a path without #"),
        .path("/a?b=c", "the path holds ?", "a path only; the query is matched by queryParams"),
        .path("/caf%c3%a9", "the path is not in canonical form", "/caf%C3%A9"),
        .path("/café", "the path is not in canonical form", "/caf%C3%A9"),
        .path("/%7Eana", "the path is not in canonical form", "/~ana"),
        .path("/%41", "the path is not in canonical form", "/A"),
        .path("/a b", "the path is not in canonical form", "/a%20b"),
        .path("/100%", "the path is not in canonical form", "/100%25"),
        .path("/{id}", "the path is not in canonical form", "/%7Bid%7D"),
        .path("/" + String(repeating: "a", count: 1024), "a path of 1025 octets", "at most 1024"),
    ]

    static let matches: [RefusedDocument] = [
        .match(
            "path/type", "RegularExpression is not built yet", "Exact, or for a path PathPrefix",
            "path: {type: RegularExpression, value: /a}"),
        .match(
            "path/type", "unknown value Prefix", "Exact, PathPrefix",
            "path: {type: Prefix, value: /a}"),
        .match("path/extra", "unknown field extra", "type, value", "path: {extra: 1}"),
        .match(
            "method", "unknown method get", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
            "method: get"),
        .match(
            "method", "the gateway answers CONNECT itself",
            "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT", "method: CONNECT"),
        .match(
            "headers/0/type", "RegularExpression is not built yet",
            "Exact, or for a path PathPrefix",
            "headers: [{type: RegularExpression, name: a, value: b}]"),
        .match(
            "headers/0/type", "unknown value PathPrefix", "Exact",
            "headers: [{type: PathPrefix, name: a, value: b}]"),
        .match(
            "headers/0/name", "\"a b\" is no header name", "a token (RFC 9110 §5.6.2)",
            "headers: [{name: a b, value: b}]"),
        .match("headers/0", "value is missing", "value: 1 to 4096 octets", "headers: [{name: a}]"),
        .match(
            "headers/0/value", "0 octets", "1 to 4096 octets", "headers: [{name: a, value: ''}]"),
        .match(
            "headers/0/value", "no header can have this value",
            "no control octets, and no white space at either end",
            "headers: [{name: a, value: ' b'}]"),
        .match(
            "headers/0/value", "no header can have this value",
            "no control octets, and no white space at either end",
            "headers: [{name: a, value: \"b\\nc\"}]"),
        .match(
            "headers/0/value", "an integer stands here", "a string",
            "headers: [{name: a, value: 1}]"),
        .match(
            "queryParams/0", "name is missing", "name: 1 to 256 octets", "queryParams: [{value: b}]"
        ),
        .match(
            "client", "client is not built yet", "a document without it", "client: {country: FR}"),
        .match("model", "model is not built yet", "a document without it", "model: x"),
    ]

    static let rules: [RefusedDocument] = [
        .rule("rateLimit", "rateLimit is not built yet", "a document without it", "rateLimit: {}"),
        .rule(
            "extra", "unknown field extra",
            "backendRefs, filters, matches, name, retry, timeouts", "extra: 1"),
        .rule("name", "\"A\" is no name", "lower-case letters, digits, - and .", "name: A"),
        .rule(
            "backendRefs/0", "name is missing", "name: the name of a Backend",
            "backendRefs: [{weight: 1}]"),
        .rule(
            "backendRefs/0/weight", "1000001 is out of range", "an integer, 0 to 1000000",
            "backendRefs: [{name: b, weight: 1000001}]"),
        .rule(
            "backendRefs/0/weight", "-1 is out of range", "an integer, 0 to 1000000",
            "backendRefs: [{name: b, weight: -1}]"),
        .rule(
            "backendRefs/0/weight", "a string stands here", "an integer, 0 to 1000000",
            "backendRefs: [{name: b, weight: \"1\"}]"),
        .rule(
            "backendRefs/0/port", "0 is out of range", "an integer, 1 to 65535",
            "backendRefs: [{name: b, port: 0}]"),
        .rule(
            "backendRefs/0/namespace", "namespace only makes sense in Kubernetes",
            "a document without it", "backendRefs: [{name: b, namespace: n}]"),
        .rule(
            "backendRefs/0/group", "unknown group apps", "no group, or the empty one",
            "backendRefs: [{name: b, group: apps}]"),
        .rule(
            "backendRefs/0/kind", "unknown value Pod", "Backend, Service",
            "backendRefs: [{name: b, kind: Pod}]"),
        .init(
            "/rules/1/name", "a second rule named x", "names that are unique in the route",
            "{kind: HTTPRoute, name: r, rules: [{name: x}, {name: x}]}"),
    ]

    private static let address =
        "an IPv4 or IPv6 address, a DNS name, or unix: and an absolute path"

    static let backends: [RefusedDocument] =
        [
            .init("", "no endpoints", "endpoints: 1 to 256", "{kind: Backend, name: b}"),
            .init(
                "", "no endpoints", "endpoints: 1 to 256", "{kind: Backend, name: b, endpoints: []}"
            ),
            .init(
                "/protocol", "h2c is not built yet", "http",
                "{kind: Backend, name: b, protocol: h2c, endpoints: [{address: a, port: 1}]}"),
            .init(
                "/protocol", "unknown value ftp", "http, h2c, https, h2",
                "{kind: Backend, name: b, protocol: ftp, endpoints: [{address: a, port: 1}]}"),
            .init(
                "/healthCheck", "healthCheck is not built yet", "a document without it",
                "{kind: Backend, name: b, healthCheck: {}, endpoints: [{address: a, port: 1}]}"),
            .init(
                "/endpoints/1", "this address and port came before",
                "each endpoint once, with a weight",
                """
                {kind: Backend, name: b, endpoints: [{address: a, port: 1}, {address: A, port: 1}]}
                """
            ),
            .endpoint("", "address is missing", "address: \(address)", "port: 1"),
            .endpoint("", "port is missing", "port: 1 to 65535", "address: 127.0.0.1"),
            .endpoint(
                "port", "65536 is out of range", "an integer, 1 to 65535", "address: a, port: 65536"
            ),
            .endpoint(
                "port", "a Unix socket has no port", "no port", "address: 'unix:/a', port: 1"),
            .endpoint(
                "weight", "1000001 is out of range", "an integer, 0 to 1000000",
                "address: a, port: 1, weight: 1000001"),
            .endpoint(
                "zone", "unknown field zone", "address, port, weight",
                "address: a, port: 1, zone: x"),
        ]
        + [
            "", "127.0.0.01", "127.0.1", "256.0.0.1", "1.2.3.4.5", "0x7f.1", "1", "::1::", "1:2:3",
            ":::", "12345::", "::g",
            "fe80::1%eth0", "::1.2.3", "1.2.3.4::", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "a b",
            "a_b", "unix:a", "unix:",
            "unix:/" + String(repeating: "a", count: 107),
        ]
        .map {
            .endpoint("address", "\"\($0)\" is no address", address, "address: \"\($0)\", port: 1")
        }

    private static func many(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: ", ")
    }

    /// A rule with as many matches as a rule may have.
    private static let full = "{matches: [\(many(64) { "{path: {value: /p\($0)}}" })]}"

    static let limits: [RefusedDocument] = [
        .init(
            "/hostnames", "17 elements", "at most 16",
            "{kind: HTTPRoute, name: r, hostnames: [\(many(17) { "h\($0).org" })], rules: [{}]}"),
        .init(
            "/rules", "17 elements", "at most 16",
            "{kind: HTTPRoute, name: r, rules: [\(many(17) { _ in "{}" })]}"),
        .rule(
            "matches", "65 elements", "at most 64",
            "matches: [\(many(65) { "{path: {value: /p\($0)}}" })]"),
        .init(
            "/rules", "129 matches in the route", "at most 128",
            "{kind: HTTPRoute, name: r, rules: [\(many(2) { _ in full }), {}]}"
        ),
        .rule(
            "backendRefs", "17 elements", "at most 16",
            "backendRefs: [\(many(17) { _ in "{name: b}" })]"),
        .rule(
            "filters", "17 elements", "at most 16", "filters: [\(many(17) { _ in "{type: CORS}" })]"
        ),
        .match(
            "headers", "17 elements", "at most 16",
            "headers: [\(many(17) { "{name: h\($0), value: v}" })]"),
        .match(
            "queryParams", "17 elements", "at most 16",
            "queryParams: [\(many(17) { "{name: q\($0), value: v}" })]"),
    ]
}
