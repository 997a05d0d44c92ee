extension RefusedDocument {
    private static let network = """
        an IPv4 or IPv6 address, / and a prefix length, no bit set behind it, such as 10.4.0.0/16
        """
    private static let member = "a member's number, 1 to 2147483647"

    /// A backend with these members beside its endpoints.
    private static func backend(
        _ pointer: String, _ reason: String, _ expected: String, _ members: String
    ) -> RefusedDocument {
        RefusedDocument(
            pointer, reason, expected,
            "{kind: Backend, name: b, endpoints: [{address: a, port: 1}], \(members)}")
    }

    private static func many(_ count: Int, _ item: (Int) -> String) -> String {
        (1...count).map(item).joined(separator: ", ")
    }

    static let keepers: [RefusedDocument] =
        [
            backend(
                "/keepers", "keepers without networks could do nothing", "networks: 1 to 32",
                "keepers: [1]"),
            backend(
                "/keepers", "no keepers", "1 to 16, or no field",
                "keepers: [], networks: [10.0.0.0/8]"),
            backend("/keepers", "an integer stands here", "an array", "keepers: 1"),
            backend("/keepers", "17 elements", "at most 16", "keepers: [\(many(17) { "\($0)" })]"),
            backend("/keepers/1", "a string stands here", member, "keepers: [1, '2']"),
            backend("/keepers/0", "0 is out of range", member, "keepers: [0]"),
            backend("/keepers/0", "2147483648 is out of range", member, "keepers: [2147483648]"),
            backend("/keepers/2", "member 7 came before", "each keeper once", "keepers: [7, 3, 7]"),
            backend("/networks", "no networks", "1 to 32, or no field", "networks: []"),
            backend("/networks", "a string stands here", "an array", "networks: 10.0.0.0/8"),
            backend(
                "/networks", "33 elements", "at most 32",
                "networks: [\(many(33) { "10.\($0).0.0/16" })]"),
            backend("/networks/0", "an integer stands here", "a string", "networks: [10]"),
            backend(
                "/networks/1", "10.0.0.0/8 came before", "each network once",
                "networks: [10.0.0.0/8, 10.0.0.0/8]"),
        ]
        + ["10.0.0.1/8", "10.0.0.0", "catalogue.internal/8"].map {
            backend("/networks/0", "\"\($0)\" is no network", network, "networks: ['\($0)']")
        }
}
