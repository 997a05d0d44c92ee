/// A host that a route serves: a name, or `*.` and the name above it.
package struct Hostname: Hashable, Sendable {
    /// The name in lower case, without the `*.`.
    package let name: String
    /// Whether it is `*.name`, which fits one label or more before the name, never the name itself.
    package let isWildcard: Bool

    /// The spelling of documents: `library.example.org` or `*.example.org`.
    package var text: String { isWildcard ? "*.\(name)" : name }
}
