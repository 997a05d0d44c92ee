internal import Reactor
internal import Routing

/// The filters of a table as one loop serves them: flat arrays, read without counting references.
struct ServedFilters: ~Copyable {
    private(set) var programs = UniqueArray<FilterProgram>()
    private(set) var redirects = UniqueArray<ServedRedirect>()
    private(set) var policies = UniqueArray<ServedPolicy>()
    private(set) var origins = UniqueArray<ServedPolicy.Origin>()
    var mirrors = UniqueArray<ServedMirror>()
    /// Field names in lower case, as places in `texts`.
    private(set) var names = UniqueArray<Range<Int>>()
    private(set) var codes = UniqueArray<Int>()
    private(set) var texts = UniqueArray<UInt8>()

    /// What the operator holds for backends.
    private let secrets: BackendSecrets

    init(secrets: BackendSecrets) {
        self.secrets = secrets
    }

    /// What a program is made of.
    struct Source {
        let rule: CompiledRule
        /// The backendRef that it is for; `nil` for what the gateway answers itself.
        let reference: CompiledBackendRef?
        /// The backend's name.
        let backend: String
    }

    /// Lays out what a rule does, alone or together with one of its backendRefs.
    ///
    /// - Parameter group: finds the endpoints of a mirror.
    /// - Returns: the program's place; -1 when there is nothing to do.
    mutating func add(_ source: Source, group: (CompiledMirror) -> Int) -> Int {
        let layers = [source.rule.filters, source.reference?.filters].compactMap { $0 }
        let isPlain =
            layers.allSatisfy(\.isEmpty) && source.rule.timeouts == nil && source.rule.retry == nil
        if isPlain { return -1 }
        var program = edits(of: layers, for: source.backend)
        if let policy = layers.compactMap(\.cors).last { program.cors = add(policy) }
        if let redirect = source.rule.filters.redirect {
            program.redirect = add(redirect, of: source.rule)
            place(redirect.path, in: &program)
        }
        program.mirrors = addMirrors(source, group: group)
        setTimes(of: source.rule, in: &program)
        return append(program)
    }

    private mutating func append(_ program: FilterProgram) -> Int {
        programs.append(program)
        return programs.count - 1
    }

    /// What layers of filters do to heads.
    private mutating func edits(
        of layers: [CompiledFilters], for backend: String
    ) -> FilterProgram {
        var program = FilterProgram()
        var request = ComposedEdits()
        var response = ComposedEdits()
        for layer in layers {
            let held = secrets
            request.append(layer.requestEdits) { held.value(of: $0, for: backend) }
            response.append(layer.responseEdits) { _ in nil }
        }
        if layers.contains(where: { $0.cors != nil }) {
            for name in HTTPRoute.CORS.answerFields { response.drop(name) }
        }
        program.requestDrops = add(names: request.drops)
        program.requestLines = add(text: request.text)
        program.responseDrops = add(names: response.drops)
        program.responseLines = add(text: response.text)
        program.lacksSecret = request.lacksSecret
        let rewrites = layers.compactMap(\.rewrite)
        program.host = add(text: rewrites.compactMap(\.hostname).last ?? "")
        place(rewrites.compactMap(\.path).last, in: &program)
        return program
    }

    private mutating func place(_ change: HTTPRoute.PathChange?, in program: inout FilterProgram) {
        switch change {
        case nil: break
        case .full(let path):
            program.pathChange = .full
            program.path = add(text: path)
        case .prefix(let replacement):
            program.pathChange = .prefix
            program.path = add(text: replacement)
        }
    }

    private mutating func setTimes(of rule: CompiledRule, in program: inout FilterProgram) {
        // A bound that is turned off still ends within a day: nothing is kept for ever.
        let off: Int64 = 86_400_000
        if let timeouts = rule.timeouts {
            program.requestMs = Int64(timeouts.requestMs ?? 0)
            program.tryMs = Int64(timeouts.backendRequestMs ?? 0)
            // The route's own limits take the place of the gateway's.
            let isBounded = timeouts.requestMs != nil || timeouts.backendRequestMs != nil
            program.firstOctetMs = isBounded ? off : 0
        }
        if let retry = rule.retry {
            program.retries = retry.attempts
            program.backoffMs = Int64(retry.backoffMs)
            let first = codes.count
            for code in retry.codes { codes.append(code) }
            program.retryCodes = first..<codes.count
        }
    }

    private mutating func addMirrors(
        _ source: Source, group: (CompiledMirror) -> Int
    ) -> Range<Int> {
        var made: [ServedMirror] = []
        var before: [CompiledFilters] = []
        for layer in [source.rule.filters, source.reference?.filters].compactMap({ $0 }) {
            for mirror in layer.mirrors {
                let earlier = CompiledFilters(
                    filters: Array(layer.filters[..<mirror.position]), mirrors: [])
                // A secret is for its own backend: a copy goes without.
                let program = edits(of: before + [earlier], for: "")
                made.append(
                    ServedMirror(
                        group: group(mirror), program: append(program),
                        turn: WeightedTurn(
                            total: UInt64(mirror.denominator), seed: UInt64(programs.count)),
                        numerator: UInt64(mirror.numerator)))
            }
            before.append(layer)
        }
        let first = mirrors.count
        for mirror in made { mirrors.append(mirror) }
        return first..<mirrors.count
    }

    private mutating func add(_ redirect: HTTPRoute.Redirect, of rule: CompiledRule) -> Int {
        let edits = rule.filters.responseEdits
        let removed = (edits?.remove ?? []) + (edits?.set.map(\.name) ?? [])
        redirects.append(
            ServedRedirect(
                status: redirect.statusCode, scheme: add(text: redirect.scheme ?? ""),
                host: add(text: redirect.hostname ?? ""), port: redirect.port ?? 0,
                isWithoutLocation: removed.contains { $0.lowercased() == "location" }))
        return redirects.count - 1
    }

    private mutating func add(_ policy: HTTPRoute.CORS) -> Int {
        let first = origins.count
        for origin in policy.allowOrigins {
            switch origin {
            case .any: break
            case .exact(let text):
                origins.append(ServedPolicy.Origin(start: add(text: text), ending: 0..<0))
            case .below(let scheme, let suffix):
                origins.append(
                    ServedPolicy.Origin(start: add(text: scheme), ending: add(text: suffix)))
            }
        }
        let echoes = { (list: [String]) in list == ["*"] && policy.allowCredentials }
        let line = { (name: String, list: [String]) in
            list.isEmpty || echoes(list) ? "" : "\(name): \(list.joined(separator: ", "))\r\n"
        }
        let exposed =
            policy.exposeHeaders.isEmpty
            ? ""
            : "Access-Control-Expose-Headers: "
                + "\(policy.exposeHeaders.joined(separator: ", "))\r\n"
        policies.append(
            ServedPolicy(
                allowsAll: policy.allowOrigins.contains(.any), origins: first..<origins.count,
                credentials: policy.allowCredentials, answersAlike: policy.answersAlike,
                exposed: add(text: exposed),
                preflight: add(
                    text: line("Access-Control-Allow-Methods", policy.allowMethods)
                        + line("Access-Control-Allow-Headers", policy.allowHeaders)
                        + "Access-Control-Max-Age: \(policy.maxAge)\r\n"),
                echoesMethod: echoes(policy.allowMethods),
                echoesHeaders: echoes(policy.allowHeaders)))
        return policies.count - 1
    }

    private mutating func add(names list: [String]) -> Range<Int> {
        let first = names.count
        for name in list { names.append(add(text: name)) }
        return first..<names.count
    }

    private mutating func add(text: String) -> Range<Int> {
        let first = texts.count
        for octet in text.utf8 { texts.append(octet) }
        return first..<texts.count
    }
}
