extension CompiledFilters {
    /// The request's edits, when there are any.
    package var requestEdits: HTTPRoute.HeaderEdits? {
        for case .requestHeaders(let edits) in filters { return edits }
        return nil
    }

    /// The answer's edits, when there are any.
    package var responseEdits: HTTPRoute.HeaderEdits? {
        for case .responseHeaders(let edits) in filters { return edits }
        return nil
    }

    /// The redirect, when there is one.
    package var redirect: HTTPRoute.Redirect? {
        for case .redirect(let redirect) in filters { return redirect }
        return nil
    }

    /// The rewrite, when there is one.
    package var rewrite: HTTPRoute.Rewrite? {
        for case .rewrite(let rewrite) in filters { return rewrite }
        return nil
    }

    /// The CORS policy, when there is one.
    package var cors: HTTPRoute.CORS? {
        for case .cors(let cors) in filters { return cors }
        return nil
    }
}

extension [RequestSample.Field] {
    /// Edits field lines: sets, then adds, then removes. A secret shows by its name only.
    mutating func apply(_ edits: HTTPRoute.HeaderEdits?) {
        guard let edits else { return }
        for value in edits.set {
            removeAll { $0.isNamed(value.name) }
            append(RequestSample.Field(value))
        }
        for value in edits.add { append(RequestSample.Field(value)) }
        for name in edits.remove { removeAll { $0.isNamed(name) } }
    }
}

extension RequestSample.Field {
    fileprivate init(_ value: HTTPRoute.HeaderValue) {
        switch value.value {
        case .literal(let text): self.init(name: value.name, value: text)
        case .secret(let name): self.init(name: value.name, value: "(secret \(name))")
        }
    }
}

extension HTTPRoute.PathChange {
    /// The changed path; never empty.
    package func applied(to path: String, prefixOctets: Int) -> String {
        switch self {
        case .full(let full): return full
        case .prefix(let replacement):
            let rest = path.utf8.dropFirst(prefixOctets)
            let changed = replacement + String(decoding: Array(rest), as: UTF8.self)
            return changed.isEmpty ? "/" : changed
        }
    }
}

extension HTTPRoute.Redirect {
    /// The port that `Location` names, 0 for none: the one given, else that of the scheme given,
    /// else the one that was asked; the scheme's own is left out.
    package func port(scheme: String, asked: Int) -> Int {
        let port = self.port ?? (self.scheme.map(RequestSample.knownPort) ?? asked)
        return port == RequestSample.knownPort(of: scheme) ? 0 : port
    }

    /// The value of `Location`.
    func location(for sample: RequestSample, prefixOctets: Int) -> String {
        let scheme = self.scheme ?? sample.scheme
        let port = port(scheme: scheme, asked: sample.port)
        let path = path?.applied(to: sample.path, prefixOctets: prefixOctets) ?? sample.path
        return "\(scheme)://\(hostname ?? sample.host)\(port == 0 ? "" : ":\(port)")\(path)"
            + (sample.query.map { "?\($0)" } ?? "")
    }
}

extension RequestSample {
    /// Whether a browser asks by it if it may send another request (Fetch, CORS-preflight).
    var isPreflight: Bool {
        method == "OPTIONS" && value(of: "Origin") != nil
            && value(of: "Access-Control-Request-Method") != nil
    }
}

extension HTTPRoute.CORS {
    /// The fields of CORS that an answer may carry; those of an endpoint give way to the policy.
    package static let answerFields = [
        "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials",
        "Access-Control-Expose-Headers", "Access-Control-Allow-Methods",
        "Access-Control-Allow-Headers", "Access-Control-Max-Age",
    ]

    /// Whether every origin gets the same answer, which then needs no `Vary`.
    package var answersAlike: Bool { allowOrigins == [.any] && !allowCredentials }

    /// Whether an origin is allowed.
    package func allows(_ origin: String) -> Bool { allowOrigins.contains { $0.allows(origin) } }

    /// The answer to a preflight.
    func preflightFields(for sample: RequestSample) -> [RequestSample.Field] {
        var fields: [RequestSample.Field] = []
        guard append(origin: sample.value(of: "Origin"), to: &fields) else { return fields }
        appendList(
            "Access-Control-Allow-Methods", allowMethods,
            asked: sample.value(of: "Access-Control-Request-Method"), to: &fields)
        appendList(
            "Access-Control-Allow-Headers", allowHeaders,
            asked: sample.value(of: "Access-Control-Request-Headers"), to: &fields)
        fields.append(RequestSample.Field(name: "Access-Control-Max-Age", value: "\(maxAge)"))
        return fields
    }

    /// Puts the policy's fields in place of an endpoint's.
    func apply(to fields: inout [RequestSample.Field], for sample: RequestSample) {
        fields.removeAll { field in Self.answerFields.contains { field.isNamed($0) } }
        guard append(origin: sample.value(of: "Origin"), to: &fields) else { return }
        appendList("Access-Control-Expose-Headers", exposeHeaders, asked: nil, to: &fields)
    }

    /// - Returns: whether the origin is allowed.
    private func append(origin: String?, to fields: inout [RequestSample.Field]) -> Bool {
        if !answersAlike { fields.append(RequestSample.Field(name: "Vary", value: "Origin")) }
        guard let origin, allows(origin) else { return false }
        fields.append(
            RequestSample.Field(
                name: "Access-Control-Allow-Origin", value: answersAlike ? "*" : origin))
        if allowCredentials {
            fields.append(
                RequestSample.Field(name: "Access-Control-Allow-Credentials", value: "true"))
        }
        return true
    }

    /// With credentials a browser takes `*` for a name, so what was asked for is named.
    private func appendList(
        _ name: String, _ list: [String], asked: String?, to fields: inout [RequestSample.Field]
    ) {
        let isAll = list == ["*"] && allowCredentials
        let value = isAll ? asked ?? "*" : list.joined(separator: ", ")
        if !value.isEmpty { fields.append(RequestSample.Field(name: name, value: value)) }
    }
}
