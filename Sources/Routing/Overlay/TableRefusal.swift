/// What the operator refuses to serve, in the open: the log has it, and clients are told.
package struct TableRefusal: Hashable, Sendable {
    /// The index of the `refuse` entry.
    package let index: Int
    /// What is refused.
    package let subject: Subject

    /// What can be refused.
    package enum Subject: Hashable, Sendable {
        /// A route, by name.
        case route(String)
        /// Whatever of any route would go to an address in a network.
        case network(NetworkPrefix)

        /// `HTTPRoute/x` or `network/192.0.2.0/24`, as the table digest spells it.
        package var text: String {
            switch self {
            case .route(let name): DocumentKey(kind: .route, name: name).text
            case .network(let network): "network/\(network.text)"
            }
        }
    }

    /// A refusal.
    package init(index: Int, subject: Subject) {
        self.index = index
        self.subject = subject
    }

    /// `HTTPRoute/x` or `network/192.0.2.0/24`, as the table digest spells it.
    package var text: String { subject.text }
}
