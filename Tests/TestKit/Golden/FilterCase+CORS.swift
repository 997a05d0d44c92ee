extension FilterCase {
    private static func policy(_ settings: String) -> String {
        """
        {kind: HTTPRoute, name: r, rules: [{filters: [{type: CORS, cors: {\(settings)}}], \
        backendRefs: [{name: b}]}]}
        -=-

        """
    }

    /// What a CORS policy does with answers.
    static let cors: [FilterCase] =
        cases(
            "an exact origin is allowed, any other is not",
            policy("allowOrigins: [\"https://a.org\"]") + """
                GET h.org/ => r/#1 -> b h.org/ << Vary: Origin
                GET h.org/ | Origin: https://a.org => r/#1 -> b h.org/ | Origin: https://a.org << \
                Vary: Origin | Access-Control-Allow-Origin: https://a.org
                GET h.org/ | Origin: http://a.org => r/#1 -> b h.org/ | Origin: http://a.org << \
                Vary: Origin
                GET h.org/ | Origin: https://a.org:8443 => r/#1 -> b h.org/ | Origin: \
                https://a.org:8443 << Vary: Origin
                GET h.org/ | Origin: null => r/#1 -> b h.org/ | Origin: null << Vary: Origin
                """)
        + cases(
            "a wildcard allows names below it, never the name itself",
            policy("allowOrigins: [\"https://*.a.org\"]") + """
                GET h.org/ | Origin: https://x.a.org => r/#1 -> b h.org/ | Origin: https://x.a.org \
                << Vary: Origin | Access-Control-Allow-Origin: https://x.a.org
                GET h.org/ | Origin: https://y.x.a.org => r/#1 -> b h.org/ | Origin: \
                https://y.x.a.org << Vary: Origin | Access-Control-Allow-Origin: https://y.x.a.org
                GET h.org/ | Origin: https://a.org => r/#1 -> b h.org/ | Origin: https://a.org << \
                Vary: Origin
                GET h.org/ | Origin: https://xa.org => r/#1 -> b h.org/ | Origin: https://xa.org \
                << Vary: Origin
                GET h.org/ | Origin: https://x.a.org.evil.org => r/#1 -> b h.org/ | Origin: \
                https://x.a.org.evil.org << Vary: Origin
                GET h.org/ | Origin: https://evil.org/x.a.org => r/#1 -> b h.org/ | Origin: \
                https://evil.org/x.a.org << Vary: Origin
                """)
        + cases(
            "* allows every origin, and the answer is the same for all",
            policy("allowOrigins: [\"*\"]") + """
                GET h.org/ | Origin: https://a.org => r/#1 -> b h.org/ | Origin: https://a.org << \
                Access-Control-Allow-Origin: *
                GET h.org/ => r/#1 -> b h.org/
                """)
        + cases(
            "credentials never together with *: the origin is echoed",
            policy("allowOrigins: [\"*\"], allowCredentials: true") + """
                GET h.org/ | Origin: https://a.org => r/#1 -> b h.org/ | Origin: https://a.org << \
                Vary: Origin | Access-Control-Allow-Origin: https://a.org | \
                Access-Control-Allow-Credentials: true
                """)
        + cases(
            "the policy stands over what the backend says of CORS",
            policy("allowOrigins: [\"https://a.org\"], exposeHeaders: [X-A, X-B]") + """
                GET h.org/ | Origin: https://a.org << access-control-allow-origin: * | A: 1 | \
                Access-Control-Max-Age: 9 => r/#1 -> b h.org/ | Origin: https://a.org << A: 1 | \
                Vary: Origin | Access-Control-Allow-Origin: https://a.org | \
                Access-Control-Expose-Headers: X-A, X-B
                GET h.org/ | Origin: https://b.org << Access-Control-Allow-Origin: * => r/#1 -> b \
                h.org/ | Origin: https://b.org << Vary: Origin
                """)

    /// What a CORS policy answers to preflights.
    static let preflights: [FilterCase] =
        cases(
            "a preflight is answered by the gateway",
            policy(
                "allowOrigins: [\"https://a.org\"], allowMethods: [GET, PUT], allowHeaders: [X-A], "
                    + "maxAge: 600") + """
                    OPTIONS h.org/x | Origin: https://a.org | Access-Control-Request-Method: PUT \
                    => 204 | Vary: Origin | Access-Control-Allow-Origin: https://a.org | \
                    Access-Control-Allow-Methods: GET, PUT | Access-Control-Allow-Headers: X-A | \
                    Access-Control-Max-Age: 600
                    OPTIONS h.org/x | Origin: https://b.org | Access-Control-Request-Method: PUT \
                    => 204 | Vary: Origin
                    OPTIONS h.org/x | Origin: https://b.org => r/#1 -> b h.org/x | Origin: \
                    https://b.org << Vary: Origin
                    OPTIONS h.org/x | Access-Control-Request-Method: PUT => r/#1 -> b h.org/x | \
                    Access-Control-Request-Method: PUT << Vary: Origin
                    """)
        + cases(
            "without lists nothing but the origin and the age is said",
            policy("allowOrigins: [\"*\"]") + """
                OPTIONS h.org/ | Origin: https://a.org | Access-Control-Request-Method: GET => \
                204 | Access-Control-Allow-Origin: * | Access-Control-Max-Age: 5
                """)
        + cases(
            "* of methods and headers is said as it is without credentials",
            policy("allowOrigins: [\"*\"], allowMethods: [\"*\"], allowHeaders: [\"*\"]") + """
                OPTIONS h.org/ | Origin: https://a.org | Access-Control-Request-Method: PATCH \
                | Access-Control-Request-Headers: x-a => 204 | Access-Control-Allow-Origin: * | \
                Access-Control-Allow-Methods: * | Access-Control-Allow-Headers: * | \
                Access-Control-Max-Age: 5
                """)
        + cases(
            "with credentials what was asked for is named instead of *",
            policy(
                "allowOrigins: [\"*\"], allowMethods: [\"*\"], allowHeaders: [\"*\"], "
                    + "allowCredentials: true") + """
                    OPTIONS h.org/ | Origin: https://a.org | Access-Control-Request-Method: PATCH \
                    | Access-Control-Request-Headers: x-a, x-b => 204 | Vary: Origin | \
                    Access-Control-Allow-Origin: https://a.org | \
                    Access-Control-Allow-Credentials: true | Access-Control-Allow-Methods: PATCH | \
                    Access-Control-Allow-Headers: x-a, x-b | Access-Control-Max-Age: 5
                    """)
        + cases(
            "a policy without origins allows none",
            policy("allowMethods: [GET]") + """
                OPTIONS h.org/ | Origin: https://a.org | Access-Control-Request-Method: GET => \
                204 | Vary: Origin
                """)
        + cases(
            "without a policy a preflight is a request like others",
            """
            {kind: HTTPRoute, name: r, rules: [{backendRefs: [{name: b}]}]}
            -=-
            OPTIONS h.org/ | Origin: https://a.org | Access-Control-Request-Method: GET => r/#1 -> \
            b h.org/ | Origin: https://a.org | Access-Control-Request-Method: GET
            """)
}
