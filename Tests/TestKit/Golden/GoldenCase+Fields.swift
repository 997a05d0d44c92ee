extension GoldenCase {
    /// The rules of methods, headers and query parameters.
    package static let fields: [GoldenCase] =
        cases(
            "a method is compared exactly, and goes before none",
            """
            {kind: HTTPRoute, name: r, rules: [{name: any, backendRefs: [{name: b}]}, {name: get, \
            matches: [{method: GET}], backendRefs: [{name: b}]}]}
            -=-
            GET h/ => r/get
            POST h/ => r/any
            get h/ => r/any
            GETX h/ => r/any
            GE h/ => r/any
            """)
        + cases(
            "header names have no case, values do",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{headers: [{name: X-Edition, value: \
            beta}]}], backendRefs: [{name: b}]}]}
            -=-
            GET h/ | X-Edition: beta => r/#1
            GET h/ | x-edition: beta => r/#1
            GET h/ | X-EDITION: beta => r/#1
            GET h/ | X-Edition: Beta => 404
            GET h/ | X-Edition: betamax => 404
            GET h/ | X-Edition: bet => 404
            GET h/ | X-Editions: beta => 404
            GET h/ => 404
            """)
        + cases(
            "a header that came in several lines is joined first",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{headers: [{name: X, value: "one, \
            two"}]}], backendRefs: [{name: b}]}]}
            -=-
            GET h/ | X: one, two => r/#1
            GET h/ | X: one | X: two => r/#1
            GET h/ | X: one | Y: z | x: two => r/#1
            GET h/ | X: two | X: one => 404
            GET h/ | X: one => 404
            GET h/ | X: one,two => 404
            GET h/ | X: one | X: two | X: three => 404
            GET h/ | X: one, | X: two => 404
            """)
        + cases(
            "one value of several lines is not the whole value",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{headers: [{name: X, value: one}]}], \
            backendRefs: [{name: b}]}]}
            -=-
            GET h/ | X: one => r/#1
            GET h/ | X: one | X: two => 404
            GET h/ | X: two | X: one => 404
            GET h/ | X: one | X: one => 404
            """)
        + cases(
            "all headers of a match, and the first of a name that is given twice",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{headers: [{name: A, value: "1"}, \
            {name: B, value: "2"}, {name: a, value: "9"}]}], backendRefs: [{name: b}]}]}
            -=-
            GET h/ | A: 1 | B: 2 => r/#1
            GET h/ | B: 2 | A: 1 | C: 3 => r/#1
            GET h/ | A: 1 => 404
            GET h/ | A: 9 | B: 2 => 404
            """)
        + cases(
            "query names and values are exact after decoding, + is a space",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{queryParams: [{name: q, value: "a \
            b"}]}], backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: s, rules: [{matches: [{queryParams: [{name: "ä&=", value: \
            "é+%"}]}], backendRefs: [{name: b}]}]}
            -=-
            GET h/?q=a+b => r/#1
            GET h/?q=a%20b => r/#1
            GET h/?%71=a%20b => r/#1
            GET h/?q=a%2Bb => 404
            GET h/?Q=a+b => 404
            GET h/?q=A+b => 404
            GET h/?q=a+b+ => 404
            GET h/?q=a => 404
            GET h/?qq=a+b => 404
            GET h/?q => 404
            GET h/?x=1&q=a+b => r/#1
            GET h/?&&q=a+b&& => r/#1
            GET h/?%C3%A4%26%3D=%c3%a9%2B%25 => s/#1
            GET h/?%C3%A4%26%3D=%C3%A9%2B% => s/#1
            GET h/ => 404
            """)
        + cases(
            "of a repeated query parameter the first value counts",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{queryParams: [{name: q, value: "1"}, \
            {name: q, value: "2"}]}], backendRefs: [{name: b}]}]}
            -=-
            GET h/?q=1 => r/#1
            GET h/?q=1&q=2 => r/#1
            GET h/?q=2&q=1 => 404
            GET h/?q&q=1 => 404
            GET h/?q=&q=1 => 404
            """)
        + cases(
            "more headers before fewer, then more query parameters",
            """
            {kind: HTTPRoute, name: r, rules: [{name: plain, backendRefs: [{name: b}]}, {name: \
            query, matches: [{queryParams: [{name: p, value: "1"}, {name: q, value: "1"}]}], \
            backendRefs: [{name: b}]}, {name: header, matches: [{headers: [{name: A, value: \
            "1"}]}], backendRefs: [{name: b}]}, {name: both, matches: [{headers: [{name: A, \
            value: "1"}], queryParams: [{name: p, value: "1"}]}], backendRefs: [{name: b}]}, \
            {name: two, matches: [{headers: [{name: A, value: "1"}, {name: B, value: "1"}]}], \
            backendRefs: [{name: b}]}]}
            -=-
            GET h/ => r/plain
            GET h/?p=1&q=1 => r/query
            GET h/ | A: 1 => r/header
            GET h/?p=1&q=1 | A: 1 => r/both
            GET h/?q=1 | A: 1 => r/header
            GET h/?p=1 | A: 1 | B: 1 => r/two
            """)
}
