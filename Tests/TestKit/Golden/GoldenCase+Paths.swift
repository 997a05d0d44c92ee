extension GoldenCase {
    /// The path's rules.
    package static let paths: [GoldenCase] =
        cases(
            "a prefix fits whole segments",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{path: {type: PathPrefix, value: \
            /v2}}], backendRefs: [{name: b}]}]}
            -=-
            GET h/v2 => r/#1
            GET h/v2/ => r/#1
            GET h/v2/x => r/#1
            GET h/v2//x => r/#1
            GET h/v2example => 404
            GET h/V2 => 404
            GET h/v => 404
            GET h/ => 404
            GET h//v2 => 404
            GET h/x/v2 => 404
            GET h/v2%2Fx => 404
            GET h/v2?x=/y => r/#1
            """)
        + cases(
            "a trailing slash in a prefix is ignored",
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: /v2/}}], backendRefs: \
            [{name: b}]}]}
            -=-
            GET h/v2 => r/#1
            GET h/v2/ => r/#1
            GET h/v2/x => r/#1
            GET h/v2x => 404
            """)
        + cases(
            "an Exact path is the whole path, its trailing slash too",
            """
            {kind: HTTPRoute, name: r, rules: [{name: bare, matches: [{path: {type: Exact, value: \
            /v2}}], backendRefs: [{name: b}]}, {name: slash, matches: [{path: {type: Exact, \
            value: /w/}}], backendRefs: [{name: b}]}, {name: root, matches: [{path: {type: Exact, \
            value: /}}], backendRefs: [{name: b}]}]}
            -=-
            GET h/v2 => r/bare
            GET h/v2/ => 404
            GET h/v2/x => 404
            GET h/v2?q=1 => r/bare
            GET h/w/ => r/slash
            GET h/w => 404
            GET h/ => r/root
            GET h// => 404
            """)
        + cases(
            "the prefix / fits everything, and is what a rule without a path means",
            """
            {kind: HTTPRoute, name: r, hostnames: [a.org], rules: [{matches: [{path: {value: \
            /}}], backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: s, hostnames: [b.org], rules: [{backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: t, hostnames: [c.org], rules: [{matches: [{method: GET}], \
            backendRefs: [{name: b}]}]}
            -=-
            GET a.org/ => r/#1
            GET a.org/any/thing => r/#1
            GET a.org//odd => r/#1
            GET b.org/any => s/#1
            GET c.org/any => t/#1
            POST c.org/any => 404
            """)
        + cases(
            "Exact before any prefix, and the longest prefix before others",
            """
            {kind: HTTPRoute, name: r, rules: [{name: root, backendRefs: [{name: b}]}, {name: \
            one, matches: [{path: {value: /one}}], backendRefs: [{name: b}]}, {name: two, \
            matches: [{path: {value: /one/two}}], backendRefs: [{name: b}]}, {name: exact, \
            matches: [{path: {type: Exact, value: /one/two}}, {path: {type: Exact, value: /one}, \
            method: GET}], backendRefs: [{name: b}]}]}
            -=-
            GET h/ => r/root
            GET h/oneself => r/root
            GET h/one => r/exact
            POST h/one => r/one
            GET h/one/ => r/one
            GET h/one/three => r/one
            GET h/one/two => r/exact
            GET h/one/two/ => r/two
            GET h/one/two/three => r/two
            GET h/one/twofold => r/one
            """)
        + cases(
            "a longer prefix that does not fit otherwise gives way to a shorter",
            """
            {kind: HTTPRoute, name: r, rules: [{name: long, matches: [{path: {value: /a/b/c}, \
            headers: [{name: X, value: y}]}], backendRefs: [{name: b}]}, {name: short, matches: \
            [{path: {value: /a}}], backendRefs: [{name: b}]}]}
            -=-
            GET h/a/b/c | X: y => r/long
            GET h/a/b/c => r/short
            GET h/a/b/c/d | X: y => r/long
            GET h/a/b | X: y => r/short
            """)
        + cases(
            "prefixes longer than a hash word are told apart",
            """
            {kind: HTTPRoute, name: r, rules: [{name: eight, matches: [{path: {value: \
            /abcdefg}}], backendRefs: [{name: b}]}, {name: nine, matches: [{path: {value: \
            /abcdefgh}}], backendRefs: [{name: b}]}, {name: long, matches: [{path: {value: \
            /abcdefgh/ijklmnop/qrstuvwx}}], backendRefs: [{name: b}]}]}
            -=-
            GET h/abcdefg => r/eight
            GET h/abcdefg/h => r/eight
            GET h/abcdefgh => r/nine
            GET h/abcdefgh/ijklmnop => r/nine
            GET h/abcdefgh/ijklmnop/qrstuvwx => r/long
            GET h/abcdefgh/ijklmnop/qrstuvwx/y => r/long
            GET h/abcdefgh/ijklmnop/qrstuvwxy => r/nine
            GET h/abcdefghi => 404
            """)
        + cases(
            "escapes are compared as they are written in canonical form",
            """
            {kind: HTTPRoute, name: r, rules: [{name: space, matches: [{path: {value: /a%20b}}], \
            backendRefs: [{name: b}]}, {name: odd, matches: [{path: {type: Exact, value: \
            "/[x]|y"}}], backendRefs: [{name: b}]}]}
            -=-
            GET h/a%20b => r/space
            GET h/a%20b/c => r/space
            GET h/a+b => 404
            GET h/[x]|y => r/odd
            """)
}
