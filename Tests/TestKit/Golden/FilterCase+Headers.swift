extension FilterCase {
    /// What RequestHeaderModifier does.
    static let headers: [FilterCase] =
        cases(
            "set takes the place of all lines of its name, in any case",
            """
            {kind: HTTPRoute, name: r, rules: [{filters: [{type: RequestHeaderModifier, \
            requestHeaderModifier: {set: [{name: X-Set, value: new}]}}], backendRefs: [{name: b}]}]}
            -=-
            GET h.org/ => r/#1 -> b h.org/ | X-Set: new
            GET h.org/ | X-Set: old => r/#1 -> b h.org/ | X-Set: new
            GET h.org/ | x-set: old => r/#1 -> b h.org/ | X-Set: new
            GET h.org/ | X-SET: one | A: 1 | x-set: two => r/#1 -> b h.org/ | A: 1 | X-Set: new
            GET h.org/ | X-Sets: old => r/#1 -> b h.org/ | X-Sets: old | X-Set: new
            """)
        + cases(
            "add appends a field line of its own",
            """
            {kind: HTTPRoute, name: r, rules: [{filters: [{type: RequestHeaderModifier, \
            requestHeaderModifier: {add: [{name: X-Add, value: more}]}}], backendRefs: \
            [{name: b}]}]}
            -=-
            GET h.org/ => r/#1 -> b h.org/ | X-Add: more
            GET h.org/ | X-Add: one => r/#1 -> b h.org/ | X-Add: one | X-Add: more
            GET h.org/ | x-add: one | x-add: two => r/#1 -> b h.org/ | x-add: one | x-add: two | \
            X-Add: more
            GET h.org/ | X-Add: more => r/#1 -> b h.org/ | X-Add: more | X-Add: more
            """)
        + cases(
            "remove takes out every line of its name, in any case",
            """
            {kind: HTTPRoute, name: r, rules: [{filters: [{type: RequestHeaderModifier, \
            requestHeaderModifier: {remove: [X-Gone, y-gone]}}], backendRefs: [{name: b}]}]}
            -=-
            GET h.org/ => r/#1 -> b h.org/
            GET h.org/ | X-Gone: 1 => r/#1 -> b h.org/
            GET h.org/ | x-gone: 1 | X-GONE: 2 | Z: 3 => r/#1 -> b h.org/ | Z: 3
            GET h.org/ | Y-Gone: 1 | X-Gone-Not: 2 => r/#1 -> b h.org/ | X-Gone-Not: 2
            """)
        + cases(
            "set, add and remove of one filter, each for its own names",
            """
            {kind: HTTPRoute, name: r, rules: [{filters: [{type: RequestHeaderModifier, \
            requestHeaderModifier: {set: [{name: S, value: "1"}], add: [{name: T, value: "2"}], \
            remove: [U]}}], backendRefs: [{name: b}]}]}
            -=-
            GET h.org/ | U: 0 | T: 0 | S: 0 => r/#1 -> b h.org/ | T: 0 | S: 1 | T: 2
            GET h.org/?s=t => r/#1 -> b h.org/ | S: 1 | T: 2
            """)
        + cases(
            "a header is matched as it came, before any filter",
            """
            {kind: HTTPRoute, name: r, rules: [{name: beta, matches: [{headers: [{name: X-Edition, \
            value: beta}]}], filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: \
            [{name: X-Edition, value: stable}]}}], backendRefs: [{name: b}]}, {name: rest, \
            backendRefs: [{name: c}]}]}
            -=-
            GET h.org/ | X-Edition: beta => r/beta -> b h.org/ | X-Edition: stable
            GET h.org/ | X-Edition: stable => r/rest -> c h.org/ | X-Edition: stable
            """)

    /// What ResponseHeaderModifier does.
    static let answers: [FilterCase] =
        cases(
            "the fields of the backend's answer are edited likewise",
            """
            {kind: HTTPRoute, name: r, rules: [{filters: [{type: ResponseHeaderModifier, \
            responseHeaderModifier: {set: [{name: X-Set, value: new}], add: [{name: X-Add, value: \
            more}], remove: [X-Gone]}}], backendRefs: [{name: b}]}]}
            -=-
            GET h.org/ => r/#1 -> b h.org/ << X-Set: new | X-Add: more
            GET h.org/ << x-set: 1 | X-Set: 2 => r/#1 -> b h.org/ << X-Set: new | X-Add: more
            GET h.org/ << x-add: 1 => r/#1 -> b h.org/ << x-add: 1 | X-Set: new | X-Add: more
            GET h.org/ << X-GONE: 1 | x-gone: 2 | A: 3 => r/#1 -> b h.org/ << A: 3 | X-Set: new | \
            X-Add: more
            GET h.org/ | X-Gone: 1 => r/#1 -> b h.org/ | X-Gone: 1 << X-Set: new | X-Add: more
            """)
        + cases(
            "a redirect's answer is edited too",
            """
            {kind: HTTPRoute, name: r, rules: [{filters: [{type: RequestRedirect, requestRedirect: \
            {hostname: new.org}}, {type: ResponseHeaderModifier, responseHeaderModifier: {set: \
            [{name: X-Set, value: new}]}}]}]}
            -=-
            GET h.org/ => 302 | Location: http://new.org/ | X-Set: new
            """)
}
