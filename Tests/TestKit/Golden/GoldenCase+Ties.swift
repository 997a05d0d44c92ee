extension GoldenCase {
    /// The order of the steps, and what decides when all else is equal.
    package static let ties: [GoldenCase] =
        cases(
            "path before method before headers before query",
            """
            {kind: HTTPRoute, name: r, rules: [{name: path, matches: [{path: {value: /a/b}}], \
            backendRefs: [{name: b}]}, {name: method, matches: [{path: {value: /a}, method: \
            GET}], backendRefs: [{name: b}]}, {name: headers, matches: [{path: {value: /a}, \
            headers: [{name: X, value: "1"}, {name: Y, value: "1"}]}], backendRefs: [{name: b}]}, \
            {name: query, matches: [{path: {value: /a}, queryParams: [{name: p, value: "1"}]}], \
            backendRefs: [{name: b}]}]}
            -=-
            GET h/a/b?p=1 | X: 1 | Y: 1 => r/path
            GET h/a?p=1 | X: 1 | Y: 1 => r/method
            PUT h/a?p=1 | X: 1 | Y: 1 => r/headers
            PUT h/a?p=1 | X: 1 => r/query
            """)
        + cases(
            "the route ratified first, whatever its name",
            """
            {kind: HTTPRoute, name: zebra, rules: [{matches: [{path: {value: /a}}], backendRefs: \
            [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: aardvark, rules: [{matches: [{path: {value: /a/}}, {path: \
            {value: /c}}], backendRefs: [{name: b}]}]}
            -=-
            GET h/a => zebra/#1
            GET h/c => aardvark/#1
            """)
        + cases(
            "a change keeps a route's seniority",
            """
            {kind: HTTPRoute, name: zebra, rules: [{matches: [{path: {value: /old}}], \
            backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: aardvark, rules: [{matches: [{path: {value: /a}}], \
            backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: zebra, rules: [{matches: [{path: {value: /a}}], backendRefs: \
            [{name: b}]}]}
            -=-
            GET h/a => zebra/#1
            GET h/old => 404
            """)
        + cases(
            "the first rule, then the first match, in the document",
            """
            {kind: HTTPRoute, name: r, rules: [{name: first, matches: [{path: {value: /x}}, \
            {path: {value: /a}}], backendRefs: [{name: b}]}, {name: second, matches: [{path: \
            {value: /a}}, {path: {value: /y}}], backendRefs: [{name: b}]}]}
            -=-
            GET h/a => r/first
            GET h/x => r/first
            GET h/y => r/second
            """)
        + cases(
            "specificity before seniority",
            """
            {kind: HTTPRoute, name: old, rules: [{matches: [{path: {value: /a}}], backendRefs: \
            [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: new, rules: [{matches: [{path: {value: /a}, method: GET}], \
            backendRefs: [{name: b}]}]}
            -=-
            GET h/a => new/#1
            PUT h/a => old/#1
            """)
}
