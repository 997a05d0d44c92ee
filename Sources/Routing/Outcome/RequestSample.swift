/// A request that somebody asks about, in texts: what the gateway reads of a real one.
package struct RequestSample: Hashable, Sendable {
    /// One field line.
    package struct Field: Hashable, Sendable {
        /// The name as written.
        package let name: String
        /// The value, without white space around it.
        package let value: String

        /// A field line.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// Whether it has that name, in any case.
        func isNamed(_ other: String) -> Bool {
            NameSyntax.lowercased(name) == NameSyntax.lowercased(other)
        }
    }

    /// The method, with its case.
    package let method: String
    /// `http` or `https`, as the client asked.
    package let scheme: String
    /// The host without port; empty when there is none.
    package let host: String
    /// The port that the client asked for.
    package let port: Int
    /// The path in canonical form.
    package let path: String
    /// The query without the `?`; `nil` when there is no `?`.
    package let query: String?
    /// The field lines, `Host` not among them.
    package let fields: [Field]
    /// The value of `Host`.
    package let authority: String

    /// A request.
    ///
    /// - Parameter authority: The value of `Host`; the host with its port unless it is given,
    ///   without the port that the scheme has anyway.
    package init(
        method: String, scheme: String, host: String, port: Int, path: String, query: String?,
        fields: [Field], authority: String? = nil
    ) {
        self.method = method
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
        self.query = query
        self.fields = fields
        let isKnown = port == Self.knownPort(of: scheme)
        self.authority = authority ?? (isKnown ? host : "\(host):\(port)")
    }

    /// The value of a field, its lines joined; `nil` when there is none.
    func value(of name: String) -> String? {
        let values = fields.filter { $0.isNamed(name) }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// The port that a scheme has when none is written.
    package static func knownPort(of scheme: String) -> Int { scheme == "https" ? 443 : 80 }
}

extension RouteTable {
    /// Finds the rule that serves a request given in texts; see the other `match`.
    package func match(_ sample: RequestSample) -> Decision? {
        var texts = TextArena()
        let method = texts.append(sample.method)
        let host = texts.append(sample.host)
        let path = texts.append(sample.path)
        let query = texts.append(sample.query ?? "")
        let hostField = RequestSample.Field(name: "host", value: sample.authority)
        let fields = SampleFields(
            lines: (sample.fields + [hostField]).map { field in
                (texts.append(field.name), texts.append(field.value))
            })
        let octets = texts.octets
        return match(
            method: octets.span.extracting(method.indices),
            host: octets.span.extracting(host.indices),
            path: octets.span.extracting(path.indices),
            query: octets.span.extracting(query.indices), fields: fields, octets: octets.span)
    }
}

extension TextRange {
    /// The octets' places.
    fileprivate var indices: Range<Int> { Int(start)..<Int(start + count) }
}

private struct SampleFields: RequestFields {
    let lines: [(name: TextRange, value: TextRange)]

    var fieldCount: Int { lines.count }

    func fieldName(at index: Int) -> Range<Int> { lines[index].name.indices }

    func fieldValue(at index: Int) -> Range<Int> { lines[index].value.indices }
}
