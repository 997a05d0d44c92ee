extension GoldenCase {
    /// The hostname's rules.
    package static let hosts: [GoldenCase] =
        cases(
            "an exact host is compared without case",
            """
            {kind: HTTPRoute, name: r, hostnames: [Library.example.org], rules: [{backendRefs: \
            [{name: b}]}]}
            -=-
            GET library.example.org/ => r/#1
            GET LIBRARY.EXAMPLE.ORG/ => r/#1
            GET Library.Example.Org/x => r/#1
            GET library.example.org./ => 404
            GET ibrary.example.org/ => 404
            GET xlibrary.example.org/ => 404
            GET a.library.example.org/ => 404
            GET example.org/ => 404
            GET -/ => 404
            """)
        + cases(
            "a wildcard fits one label or more, never the name itself",
            """
            {kind: HTTPRoute, name: w, hostnames: ["*.example.org"], rules: [{backendRefs: \
            [{name: b}]}]}
            -=-
            GET a.example.org/ => w/#1
            GET a.b.example.org/ => w/#1
            GET A.B.C.EXAMPLE.ORG/ => w/#1
            GET example.org/ => 404
            GET .example.org/ => 404
            GET aexample.org/ => 404
            GET a.example.org.evil.net/ => 404
            GET -/ => 404
            """)
        + cases(
            "exact before wildcard, longer wildcard before shorter, no hostnames last",
            """
            {kind: HTTPRoute, name: none, rules: [{backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: top, hostnames: ["*.org"], rules: [{backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: wide, hostnames: ["*.example.org"], rules: [{backendRefs: \
            [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: deep, hostnames: ["*.a.example.org"], rules: [{backendRefs: \
            [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: exact, hostnames: [x.a.example.org], rules: [{backendRefs: \
            [{name: b}]}]}
            -=-
            GET x.a.example.org/ => exact/#1
            GET y.a.example.org/ => deep/#1
            GET y.x.a.example.org/ => deep/#1
            GET a.example.org/ => wide/#1
            GET b.example.org/ => wide/#1
            GET example.org/ => top/#1
            GET org/ => none/#1
            GET localhost/ => none/#1
            GET 192.0.2.1/ => none/#1
            GET [::1]/ => none/#1
            GET -/ => none/#1
            """)
        + cases(
            "a nearer host hides a farther one only where one of its matches fits",
            """
            {kind: HTTPRoute, name: near, hostnames: [a.example.org], rules: [{matches: [{path: \
            {value: /near}}, {path: {value: /get}, method: GET}], backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: wild, hostnames: ["*.example.org"], rules: [{matches: [{path: \
            {value: /near/far/away}}, {path: {value: /wild}}, {path: {value: /get}}], \
            backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: all, rules: [{backendRefs: [{name: b}]}]}
            -=-
            GET a.example.org/near => near/#1
            GET a.example.org/near/far/away => near/#1
            GET a.example.org/wild => wild/#1
            GET a.example.org/get => near/#1
            POST a.example.org/get => wild/#1
            GET a.example.org/other => all/#1
            GET b.example.org/near => all/#1
            GET b.example.org/near/far/away => wild/#1
            """)
        + cases(
            "every hostname of a route leads to it",
            """
            {kind: HTTPRoute, name: r, hostnames: [one.example.org, "*.two.example.org", \
            three.example.org], rules: [{backendRefs: [{name: b}]}]}
            -=-
            GET one.example.org/ => r/#1
            GET x.two.example.org/ => r/#1
            GET three.example.org/ => r/#1
            GET two.example.org/ => 404
            GET x.one.example.org/ => 404
            """)
}
