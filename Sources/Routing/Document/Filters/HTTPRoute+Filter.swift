extension HTTPRoute {
    /// What a rule, or one backendRef of it, does with its requests and answers besides sending
    /// them on.
    package enum Filter: Hashable, Sendable {
        /// Edits the request's fields before it is sent to the endpoint.
        case requestHeaders(HeaderEdits)
        /// Edits the fields of the endpoint's answer before it is sent to the client.
        case responseHeaders(HeaderEdits)
        /// Answers with another place instead of forwarding; of a rule only.
        case redirect(Redirect)
        /// Changes host or path of what is forwarded.
        case rewrite(Rewrite)
        /// Sends a copy elsewhere and drops its answer.
        case mirror(Mirror)
        /// Says which web origins may read the answers.
        case cors(CORS)

        /// The filter's `type` in documents.
        package var type: String {
            switch self {
            case .requestHeaders: "RequestHeaderModifier"
            case .responseHeaders: "ResponseHeaderModifier"
            case .redirect: "RequestRedirect"
            case .rewrite: "URLRewrite"
            case .mirror: "RequestMirror"
            case .cors: "CORS"
            }
        }
    }

    /// Edits of header fields: first what is set, then what is added, then what is removed. A name
    /// stands in no list twice, and what is removed in no other.
    package struct HeaderEdits: Hashable, Sendable {
        /// Fields that take the place of all lines of their names, 0…16.
        package let set: [HeaderValue]
        /// Fields that get a line of their own behind those of their names, 0…16.
        package let add: [HeaderValue]
        /// Names whose lines are taken out, 0…16, as written.
        package let remove: [String]
    }

    /// A field name and what it is given.
    package struct HeaderValue: Hashable, Sendable {
        /// Where the value comes from.
        package enum Source: Hashable, Sendable {
            /// The value itself, which is public.
            case literal(String)
            /// The name of a secret that the operator holds for the backend that it is sent to.
            case secret(String)
        }

        /// The name as written; compared without case.
        package let name: String
        /// Where the value comes from.
        package let value: Source
    }

    /// Another place for a request's path.
    package enum PathChange: Hashable, Sendable {
        /// The whole path, in canonical form.
        case full(String)
        /// What takes the place of the prefix that fitted, without a final `/`: empty for `/`.
        case prefix(String)
    }

    /// An answer that names another place. What it leaves out stays as it was asked for.
    package struct Redirect: Hashable, Sendable {
        /// `http` or `https`.
        package let scheme: String?
        /// A host name, no wildcard.
        package let hostname: String?
        /// The path.
        package let path: PathChange?
        /// The port, 1…65535.
        package let port: Int?
        /// 301, 302, 303, 307 or 308.
        package let statusCode: Int
    }

    /// A changed host or path of what is forwarded.
    package struct Rewrite: Hashable, Sendable {
        /// What the endpoint is told as `Host`.
        package let hostname: String?
        /// The path.
        package let path: PathChange?
    }

    /// A copy of requests to another backend.
    package struct Mirror: Hashable, Sendable {
        /// The backend's name.
        package let backend: String
        /// Only its endpoints with this port; `nil` takes all.
        package let port: Int?
        /// Of `denominator` requests, how many are copied.
        package let numerator: Int
        /// At least 1 and the numerator.
        package let denominator: Int
    }

    /// Which web origins may read the answers, and how (the Fetch standard's CORS protocol).
    package struct CORS: Hashable, Sendable {
        /// Origins allowed; none allows none.
        package let allowOrigins: [Origin]
        /// Whether they may send cookies and the like.
        package let allowCredentials: Bool
        /// Methods allowed beyond the safelisted ones; `*` alone for all.
        package let allowMethods: [String]
        /// Request fields allowed beyond the safelisted ones; `*` alone for all.
        package let allowHeaders: [String]
        /// Response fields that scripts may read; `*` alone for all.
        package let exposeHeaders: [String]
        /// How long a browser may keep the answer to a preflight, seconds.
        package let maxAge: Int

        /// One origin, or several by a wildcard.
        package enum Origin: Hashable, Sendable {
            /// Every origin: `*`.
            case any
            /// One, as browsers write it: `https://example.org:8443`.
            case exact(String)
            /// Those whose host lies below a name: scheme with `://`, and `.name` with the port.
            case below(scheme: String, suffix: String)
        }
    }

    /// How long a rule's requests may take; 0 turns a bound off.
    package struct Timeouts: Hashable, Sendable {
        /// For the whole exchange with the client, milliseconds.
        package let requestMs: Int?
        /// For each try at an endpoint, milliseconds.
        package let backendRequestMs: Int?
    }

    /// When a request is tried again.
    package struct Retry: Hashable, Sendable {
        /// How many more tries, 0…10.
        package let attempts: Int
        /// The statuses that are tried again, each of 400…599.
        package let codes: [Int]
        /// How long to wait before the first retry, milliseconds; twice as long before each next.
        package let backoffMs: Int
    }
}

extension HTTPRoute.HeaderValue.Source {
    /// Whether both are the same octets; `String` takes spellings of one character as equal.
    package static func == (
        left: HTTPRoute.HeaderValue.Source, right: HTTPRoute.HeaderValue.Source
    ) -> Bool {
        switch (left, right) {
        case (.literal(let left), .literal(let right)): left.utf8.elementsEqual(right.utf8)
        case (.secret(let left), .secret(let right)): left == right
        default: false
        }
    }
}

extension HTTPRoute.Rule {
    /// The redirect that answers its requests, when there is one.
    package var redirect: HTTPRoute.Redirect? {
        for case .redirect(let redirect) in filters { return redirect }
        return nil
    }
}

extension HTTPRoute.Rule {
    /// Whether it or one of its backendRefs has a filter.
    var hasFilters: Bool {
        !filters.isEmpty || backendRefs.contains { !$0.filters.isEmpty }
    }
}

extension HTTPRoute.Filter {
    /// Whether it needs to know which prefix of the path fitted.
    var replacesPrefix: Bool {
        let path: HTTPRoute.PathChange? =
            switch self {
            case .redirect(let redirect): redirect.path
            case .rewrite(let rewrite): rewrite.path
            default: nil
            }
        if case .prefix = path { return true }
        return false
    }
}

extension HTTPRoute {
    /// A backend that a rule names, with the place where it does.
    struct Reference {
        /// The backend's name.
        let backend: String
        /// The port named.
        let port: Int?
        /// Where, as a JSON Pointer below the object that holds `rules`.
        let pointer: String
    }

    /// Every backend that the rules name, mirrors among them, in the order written.
    var references: [Reference] {
        var references: [Reference] = []
        for (ruleIndex, rule) in rules.enumerated() {
            let base = "/rules/\(ruleIndex)"
            references += Self.mirrors(of: rule.filters, at: base)
            for (index, reference) in rule.backendRefs.enumerated() {
                let place = "\(base)/backendRefs/\(index)"
                references.append(
                    Reference(backend: reference.name, port: reference.port, pointer: place))
                references += Self.mirrors(of: reference.filters, at: place)
            }
        }
        return references
    }

    private static func mirrors(of filters: [Filter], at base: String) -> [Reference] {
        filters.enumerated().compactMap { index, filter in
            guard case .mirror(let mirror) = filter else { return nil }
            return Reference(
                backend: mirror.backend, port: mirror.port,
                pointer: "\(base)/filters/\(index)/requestMirror/backendRef")
        }
    }
}
