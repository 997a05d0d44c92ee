import CanonicalJSON

extension Backend {
    /// The most keepers of a backend: each is somebody whom nobody is asked to wait for.
    private static let keepersMax = 16
    /// The most networks of a backend.
    static let networksMax = 32
    /// The highest number that a member can have.
    private static let memberMax = Int(Int32.max)

    /// Reads who may give other endpoints; none when the field is not there.
    static func keepers(of fields: FieldReader) throws(DocumentFault) -> [Int] {
        guard let elements = try fields.elements("keepers", limit: keepersMax) else { return [] }
        guard !elements.isEmpty else {
            throw fields.fault("keepers", "no keepers", expected: "1 to \(keepersMax), or no field")
        }
        let expected = "a member's number, 1 to \(memberMax)"
        var keepers: [Int] = []
        for (value, pointer) in elements {
            guard let integer = value.integer else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(value.typeName) stands here", expected: expected)
            }
            guard let keeper = Int(exactly: integer), (1...memberMax).contains(keeper) else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(integer) is out of range", expected: expected)
            }
            guard !keepers.contains(keeper) else {
                throw DocumentFault(
                    pointer: pointer, reason: "member \(keeper) came before",
                    expected: "each keeper once")
            }
            keepers.append(keeper)
        }
        return keepers
    }

    /// Reads where these must stand; none when the field is not there.
    static func networks(of fields: FieldReader) throws(DocumentFault) -> [NetworkPrefix] {
        guard let elements = try fields.elements("networks", limit: networksMax) else { return [] }
        guard !elements.isEmpty else {
            throw fields.fault(
                "networks", "no networks", expected: "1 to \(networksMax), or no field")
        }
        var networks: [NetworkPrefix] = []
        for (value, pointer) in elements {
            guard let text = value.string else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(value.typeName) stands here", expected: "a string")
            }
            guard let network = NetworkPrefix(text: text) else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(text.debugDescription) is no network",
                    expected: NetworkPrefix.expectation)
            }
            guard !networks.contains(network) else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(text) came before", expected: "each network once")
            }
            networks.append(network)
        }
        return networks
    }
}
