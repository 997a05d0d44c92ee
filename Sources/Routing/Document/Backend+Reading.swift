package import CanonicalJSON

extension Backend {
    /// The most endpoints of a backend: more than one log entry could hold would be an empty
    /// promise.
    static let endpointsMax = 256

    /// Fields that the language will have on a backend; refused by name until they work.
    private static let unbuilt = [
        "healthCheck", "loadBalancer", "circuitBreaker", "sessionPersistence", "cost", "tls",
    ]

    /// Reads a backend's protocol, endpoints and keepers.
    static func read(from body: DocumentReader.Body) throws(DocumentFault) -> Backend {
        let fields = body.fields
        try fields.allow(
            body.envelope + ["protocol", "endpoints", "keepers", "networks"], unbuilt: unbuilt)
        let wire = try wire(of: fields)
        guard let value = fields["endpoints"], value.array?.isEmpty != true else {
            throw fields.fault(nil, "no endpoints", expected: "endpoints: 1 to \(endpointsMax)")
        }
        let endpoints = try endpoints(value, at: fields.pointer(to: "endpoints"))
        let keepers = try keepers(of: fields)
        let networks = try networks(of: fields)
        guard keepers.isEmpty || !networks.isEmpty else {
            throw fields.fault(
                "keepers", "keepers without networks could do nothing",
                expected: "networks: 1 to \(networksMax)")
        }
        return Backend(
            name: body.name, protocol: wire, endpoints: endpoints, keepers: keepers,
            networks: networks)
    }

    /// Reads an `endpoints` array as a Backend has it, 1…256, where it stands alone.
    ///
    /// - Throws: ``DocumentFault``, its pointer relative to the array.
    package static func endpoints(
        reading value: JSONValue
    ) throws(DocumentFault) -> [Endpoint] {
        try endpoints(value, at: "")
    }

    private static func endpoints(
        _ value: JSONValue, at pointer: String
    ) throws(DocumentFault) -> [Endpoint] {
        let elements = try FieldReader.elements(of: value, at: pointer, limit: endpointsMax)
        guard !elements.isEmpty else {
            throw DocumentFault(
                pointer: pointer, reason: "no endpoints", expected: "1 to \(endpointsMax)")
        }
        var endpoints: [Endpoint] = []
        for (value, pointer) in elements {
            let endpoint = try endpoint(from: try FieldReader(value, at: pointer))
            let isRepeated = endpoints.contains {
                $0.address == endpoint.address && $0.port == endpoint.port
            }
            guard !isRepeated else {
                throw DocumentFault(
                    pointer: pointer, reason: "this address and port came before",
                    expected: "each endpoint once, with a weight")
            }
            endpoints.append(endpoint)
        }
        return endpoints
    }

    private static func wire(of fields: FieldReader) throws(DocumentFault) -> Wire {
        let word = try fields.word("protocol", of: ["http", "h2c", "https", "h2"]) ?? "http"
        guard let wire = Wire(rawValue: word) else {
            throw fields.fault("protocol", "\(word) is not built yet", expected: "http")
        }
        return wire
    }

    private static func endpoint(from fields: FieldReader) throws(DocumentFault) -> Endpoint {
        try fields.allow(["address", "port", "weight"])
        let text = try fields.requiredString("address", expected: Address.expectation)
        guard let address = Address(text: text) else {
            throw fields.fault(
                "address", "\(text.debugDescription) is no address",
                expected: Address.expectation)
        }
        let port = try fields.integer("port", in: 1...65_535)
        switch (address, port) {
        case (.unix, .some):
            throw fields.fault("port", "a Unix socket has no port", expected: "no port")
        case (.ipv4, nil), (.ipv6, nil), (.hostname, nil):
            throw fields.fault(nil, "port is missing", expected: "port: 1 to 65535")
        default: break
        }
        let weight = try fields.integer("weight", in: 0...HTTPRoute.Limit.weight) ?? 1
        return Endpoint(address: address, port: port, weight: weight)
    }
}
