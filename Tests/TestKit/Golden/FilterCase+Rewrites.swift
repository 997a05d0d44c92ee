extension FilterCase {
    private static func rewrite(_ settings: String, prefix: String = "/foo") -> String {
        """
        {kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: \(prefix)}}], filters: [{\
        type: URLRewrite, urlRewrite: {\(settings)}}], backendRefs: [{name: b}]}]}
        -=-

        """
    }

    /// What URLRewrite does.
    static let rewrites: [FilterCase] =
        cases(
            "a rewritten host is what the backend is told, without a port",
            rewrite("hostname: in.org") + """
                GET h.org/foo => r/#1 -> b in.org/foo
                GET h.org:8080/foo/x => r/#1 -> b in.org/foo/x
                """)
        + cases(
            "without a host in the rewrite, Host stays with its port",
            rewrite("path: {type: ReplaceFullPath, replaceFullPath: /new}") + """
                GET h.org/foo => r/#1 -> b h.org/new
                GET h.org:8080/foo/bar => r/#1 -> b h.org:8080/new
                GET h.org/other => 404
                """)
        + ["/foo", "/foo/"].flatMap { prefix in
            ["/xyz", "/xyz/"].flatMap { replacement in
                cases(
                    "the prefix that fitted is replaced, with or without final slashes",
                    rewrite(
                        "path: {type: ReplacePrefixMatch, replacePrefixMatch: \(replacement)}",
                        prefix: prefix) + """
                            GET h.org/foo/bar => r/#1 -> b h.org/xyz/bar
                            GET h.org/foo => r/#1 -> b h.org/xyz
                            GET h.org/foo/ => r/#1 -> b h.org/xyz/
                            """)
            }
        }
        + ["/", "\"\""].flatMap { replacement in
            cases(
                "replaced by / or nothing, the rest of the path is left",
                rewrite("path: {type: ReplacePrefixMatch, replacePrefixMatch: \(replacement)}")
                    + """
                    GET h.org/foo/bar => r/#1 -> b h.org/bar
                    GET h.org/foo => r/#1 -> b h.org/
                    GET h.org/foo/ => r/#1 -> b h.org/
                    """)
        }
        + cases(
            "the prefix / is replaced by what goes before the whole path",
            rewrite("path: {type: ReplacePrefixMatch, replacePrefixMatch: /xyz}", prefix: "/")
                + """
                GET h.org/ => r/#1 -> b h.org/xyz/
                GET h.org/bar => r/#1 -> b h.org/xyz/bar
                """)
        + cases(
            "of several matches, the prefix of the one that won is replaced",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: /a}}, {path: {value: \
            /a/b}}], filters: [{type: URLRewrite, urlRewrite: {hostname: in.org, path: {type: \
            ReplacePrefixMatch, replacePrefixMatch: /z}}}], backendRefs: [{name: b}]}]}
            -=-
            GET h.org/a/x => r/#1 -> b in.org/z/x
            GET h.org/a/b/x => r/#1 -> b in.org/z/x
            GET h.org/a/bx => r/#1 -> b in.org/z/bx
            """)

    /// Filters of one backendRef, and rules whose weights lead nowhere.
    static let shares: [FilterCase] =
        cases(
            "filters of a backendRef are only for the requests that it gets, after the rule's",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: /foo}}], filters: [{type: \
            RequestHeaderModifier, requestHeaderModifier: {set: [{name: A, value: rule}]}}], \
            backendRefs: [{name: b, weight: 9}, {name: c, weight: 1, filters: [{type: \
            RequestHeaderModifier, requestHeaderModifier: {set: [{name: A, value: ref}], add: \
            [{name: B, value: "1"}]}}, {type: ResponseHeaderModifier, responseHeaderModifier: \
            {set: [{name: C, value: "1"}]}}, {type: URLRewrite, urlRewrite: {hostname: c.org, \
            path: {type: ReplacePrefixMatch, replacePrefixMatch: /z}}}]}]}]}
            -=-
            GET h.org/foo/x => r/#1 -> b h.org/foo/x | A: rule -> c c.org/z/x | A: ref | B: 1 << \
            C: 1
            GET h.org/foo << C: 0 => r/#1 -> b h.org/foo | A: rule << C: 0 -> c c.org/z | A: ref | \
            B: 1 << C: 1
            """)
        + cases(
            "of two rewrites of one thing the backendRef's counts",
            """
            {kind: HTTPRoute, name: r, rules: [{filters: [{type: URLRewrite, urlRewrite: {\
            hostname: rule.org, path: {type: ReplaceFullPath, replaceFullPath: /rule}}}], \
            backendRefs: [{name: b, filters: [{type: URLRewrite, urlRewrite: {hostname: \
            ref.org}}]}]}]}
            -=-
            GET h.org/x => r/#1 -> b ref.org/rule
            """)
        + cases(
            "a backend without weight gets nothing",
            """
            {kind: HTTPRoute, name: r, rules: [{backendRefs: [{name: b, weight: 0}, {name: c}]}]}
            -=-
            GET h.org/x => r/#1 -> c h.org/x
            """)
        + cases(
            "all weights 0, or no backend at all, is 500",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: /zero}}], backendRefs: \
            [{name: b, weight: 0}, {name: c, weight: 0}]}, {matches: [{path: {value: /none}}]}, \
            {matches: [{path: {value: /filtered}}], filters: [{type: ResponseHeaderModifier, \
            responseHeaderModifier: {remove: [A]}}]}]}
            -=-
            GET h.org/zero => 500
            GET h.org/none/x => 500
            GET h.org/filtered => 500
            """)

    /// Copies.
    static let mirrors: [FilterCase] =
        cases(
            "a mirror gets copies, and the request goes on as without it",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: /all}}], filters: [{type: \
            RequestMirror, requestMirror: {backendRef: {name: d}}}], backendRefs: [{name: b}]}, \
            {matches: [{path: {value: /some}}], filters: [{type: RequestMirror, requestMirror: \
            {backendRef: {name: d}, percent: 10}}, {type: RequestMirror, requestMirror: \
            {backendRef: {name: c}, fraction: {numerator: 1, denominator: 1000}}}], backendRefs: \
            [{name: b}]}, {matches: [{path: {value: /one}}], backendRefs: [{name: b, filters: \
            [{type: RequestMirror, requestMirror: {backendRef: {name: d}}}]}]}]}
            -=-
            GET h.org/all | A: 1 => r/#1 -> b h.org/all | A: 1 ++ d 100/100
            GET h.org/some => r/#2 -> b h.org/some ++ d 10/100 ++ c 1/1000
            GET h.org/one => r/#3 -> b h.org/one ++ d 100/100
            """)
}
