/// A host that a route serves: a name, or `*.` and the name above it.
package struct Hostname: Hashable, Sendable {
    /// The name in lower case, without the `*.`.
    package let name: String
    /// Whether it is `*.name`, which fits one label or more before the name, never the name itself.
    package let isWildcard: Bool

    /// The spelling of documents: `library.example.org` or `*.example.org`.
    package var text: String { isWildcard ? "*.\(name)" : name }

    /// What a hostname of a document must look like, in words.
    static let expectation =
        "a DNS name such as library.example.org, or *. and one; no port, no IP address"

    /// Reads the spelling of documents, in any case.
    ///
    /// - Returns: `nil` for anything but a DNS name, or `*.` and one. A name whose last label is a
    ///   number is none: URL parsers read it as an IPv4 address.
    package init?(text: String) {
        let lower = NameSyntax.lowercased(text)
        let isWildcard = lower.hasPrefix("*.")
        let name = isWildcard ? String(lower.dropFirst(2)) : lower
        guard NameSyntax.isSubdomain(name), lower.utf8.count <= NameSyntax.nameOctetsMax,
            !NameSyntax.endsInNumber(name)
        else { return nil }
        self.name = name
        self.isWildcard = isWildcard
    }

    /// Whether every host of this one is also of that one.
    func isWithin(_ other: Hostname) -> Bool {
        guard other.isWildcard else { return self == other }
        return name.utf8.count > other.name.utf8.count && name.hasSuffix(".\(other.name)")
            || isWildcard && name == other.name
    }
}
