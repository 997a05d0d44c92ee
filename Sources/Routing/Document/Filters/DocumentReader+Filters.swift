import CanonicalJSON

extension DocumentReader {
    /// Where filters stand, which decides what they may do.
    enum FilterPlace {
        /// On a rule.
        case rule
        /// On one backendRef.
        case backendRef
    }

    /// Filters of Gateway API that are refused by name.
    private static let unbuiltFilters = ["ExtensionRef", "ExternalAuth"]

    /// The member that holds each filter type's settings.
    private static let members = [
        "RequestHeaderModifier": "requestHeaderModifier",
        "ResponseHeaderModifier": "responseHeaderModifier",
        "RequestRedirect": "requestRedirect", "URLRewrite": "urlRewrite",
        "RequestMirror": "requestMirror", "CORS": "cors",
    ]

    /// The filter types as a document may name them.
    private static let expectedTypes =
        "CORS, RequestHeaderModifier, RequestMirror, RequestRedirect, ResponseHeaderModifier, "
        + "URLRewrite"

    /// Reads the filters of a rule or a backendRef.
    func filters(
        of fields: FieldReader, at place: FilterPlace, needsPort: Bool
    ) throws(DocumentFault) -> [HTTPRoute.Filter] {
        let elements = try fields.elements("filters", limit: HTTPRoute.Limit.filters) ?? []
        var filters: [HTTPRoute.Filter] = []
        for (value, pointer) in elements {
            let reader = try FieldReader(value, at: pointer)
            let filter = try self.filter(from: reader, at: place, needsPort: needsPort)
            try Self.checkCompany(of: filter, among: filters, reader)
            filters.append(filter)
        }
        return filters
    }

    /// Refuses a filter that cannot stand beside those before it.
    private static func checkCompany(
        of filter: HTTPRoute.Filter, among others: [HTTPRoute.Filter], _ reader: FieldReader
    ) throws(DocumentFault) {
        let types = others.map(\.type)
        if filter.type != "RequestMirror", types.contains(filter.type) {
            throw reader.fault(
                "type", "a second \(filter.type)", expected: "each filter type once but mirrors")
        }
        let exclusive = ["RequestRedirect", "URLRewrite"]
        if exclusive.contains(filter.type), types.contains(where: exclusive.contains) {
            throw reader.fault(
                "type", "RequestRedirect and URLRewrite together",
                expected: "one of the two: a redirected request is not forwarded")
        }
    }

    private func filter(
        from fields: FieldReader, at place: FilterPlace, needsPort: Bool
    ) throws(DocumentFault) -> HTTPRoute.Filter {
        let type = try fields.requiredString("type", expected: Self.expectedTypes)
        guard let member = Self.members[type] else {
            let isKnown = Self.unbuiltFilters.contains(type)
            throw fields.fault(
                "type", isKnown ? "\(type) is not built yet" : "unknown filter type \(type)",
                expected: Self.expectedTypes)
        }
        try fields.allow(["type", member])
        guard let value = fields[member] else {
            throw fields.fault(
                nil, "\(member) is missing", expected: "\(member): what the filter does")
        }
        let reader = try FieldReader(value, at: fields.pointer(to: member))
        switch type {
        case "RequestHeaderModifier":
            return .requestHeaders(try .read(from: reader, side: .request, at: place))
        case "ResponseHeaderModifier":
            return .responseHeaders(try .read(from: reader, side: .response, at: place))
        case "RequestRedirect":
            guard place == .rule else {
                throw fields.fault(
                    "type", "a redirect on a backendRef",
                    expected: "a redirect on a rule without backendRefs")
            }
            return .redirect(try .read(from: reader))
        case "URLRewrite": return .rewrite(try .read(from: reader))
        case "RequestMirror":
            return .mirror(try .read(from: reader, needsPort: needsPort, by: self))
        default: return .cors(try .read(from: reader))
        }
    }
}
