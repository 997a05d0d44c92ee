extension FilterCase {
    private static func redirect(_ settings: String) -> String {
        """
        {kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: /foo}}], filters: [{type: \
        RequestRedirect, requestRedirect: {\(settings)}}]}]}
        -=-

        """
    }

    /// What RequestRedirect does with scheme, host, port and status.
    static let redirects: [FilterCase] =
        cases(
            "a redirect keeps what it does not name, the query too; its status is 302",
            redirect("hostname: new.org") + """
                GET h.org/foo => 302 | Location: http://new.org/foo
                POST h.org/foo/bar => 302 | Location: http://new.org/foo/bar
                GET h.org/foo?a=1&b=%20 => 302 | Location: http://new.org/foo?a=1&b=%20
                GET h.org/foo? => 302 | Location: http://new.org/foo?
                GET h.org/other => 404
                """)
        + [301, 302, 303, 307, 308].flatMap { status in
            cases(
                "the status is the one given",
                redirect("hostname: new.org, statusCode: \(status)") + """
                    GET h.org/foo => \(status) | Location: http://new.org/foo
                    """)
        }
        + cases(
            "without a port or a scheme, the listener's port; the scheme's own is left out",
            redirect("hostname: new.org") + """
                GET h.org:8080/foo => 302 | Location: http://new.org:8080/foo
                GET h.org:443/foo => 302 | Location: http://new.org:443/foo
                GET https://h.org/foo => 302 | Location: https://new.org/foo
                GET https://h.org:8443/foo => 302 | Location: https://new.org:8443/foo
                """)
        + cases(
            "a scheme brings its known port, which is left out",
            redirect("scheme: https") + """
                GET h.org/foo => 302 | Location: https://h.org/foo
                GET h.org:8080/foo => 302 | Location: https://h.org/foo
                """)
        + cases(
            "https to http is the other way round",
            redirect("scheme: http") + """
                GET https://h.org/foo => 302 | Location: http://h.org/foo
                GET https://h.org:8443/foo => 302 | Location: http://h.org/foo
                """)
        + cases(
            "the port given stands",
            redirect("port: 8443") + """
                GET h.org/foo => 302 | Location: http://h.org:8443/foo
                GET h.org:8080/foo => 302 | Location: http://h.org:8443/foo
                GET https://h.org/foo => 302 | Location: https://h.org:8443/foo
                """)
        + cases(
            "a port given that is the scheme's own is left out",
            redirect("port: 80") + """
                GET h.org:8080/foo => 302 | Location: http://h.org/foo
                GET https://h.org/foo => 302 | Location: https://h.org:80/foo
                """)
        + cases(
            "a port and a scheme, both given",
            redirect("scheme: https, port: 443") + """
                GET h.org:8080/foo => 302 | Location: https://h.org/foo
                """)
        + cases(
            "a scheme with the other's port keeps it",
            redirect("scheme: https, port: 80") + """
                GET h.org/foo => 302 | Location: https://h.org:80/foo
                """)
        + cases(
            "everything given",
            redirect(
                "scheme: https, hostname: new.org, port: 8443, statusCode: 308, path: {type: "
                    + "ReplaceFullPath, replaceFullPath: /x}") + """
                    GET h.org:8080/foo?q => 308 | Location: https://new.org:8443/x?q
                    """)

    /// What RequestRedirect does with the path.
    static let redirectPaths: [FilterCase] =
        cases(
            "ReplaceFullPath takes the place of the whole path",
            redirect("path: {type: ReplaceFullPath, replaceFullPath: /new/place}") + """
                GET h.org/foo => 302 | Location: http://h.org/new/place
                GET h.org/foo/bar?q=1 => 302 | Location: http://h.org/new/place?q=1
                """)
        + ["/xyz", "/xyz/"].flatMap { replacement in
            cases(
                "the prefix that fitted is replaced, with or without a final slash",
                redirect(
                    "path: {type: ReplacePrefixMatch, replacePrefixMatch: \(replacement)}")
                        + """
                        GET h.org/foo/bar => 302 | Location: http://h.org/xyz/bar
                        GET h.org/foo => 302 | Location: http://h.org/xyz
                        GET h.org/foo/ => 302 | Location: http://h.org/xyz/
                        GET h.org/foo//bar => 302 | Location: http://h.org/xyz//bar
                        GET h.org/foo/foo => 302 | Location: http://h.org/xyz/foo
                        """)
        }
        + ["/", "\"\""].flatMap { replacement in
            cases(
                "replaced by / or nothing, the rest of the path is left",
                redirect(
                    "path: {type: ReplacePrefixMatch, replacePrefixMatch: \(replacement)}")
                        + """
                        GET h.org/foo/bar => 302 | Location: http://h.org/bar
                        GET h.org/foo => 302 | Location: http://h.org/
                        GET h.org/foo/ => 302 | Location: http://h.org/
                        """)
        }
}
