/// A route as members ratify it: Gateway API's `HTTPRoute` v1 without its Kubernetes plumbing.
package struct HTTPRoute: Hashable, Sendable {
    /// The name, a DNS subdomain of 1…253 octets.
    package let name: String
    /// The hosts it serves, 0…16; none means every host.
    package let hostnames: [Hostname]
    /// The rules in the order written, 1…16.
    package let rules: [Rule]

    /// One rule: the requests it takes, and where they go.
    package struct Rule: Hashable, Sendable {
        /// The name given, unique in the route.
        package let name: String?
        /// The matches in the order written, 1…64; any one that fits suffices.
        package let matches: [Match]
        /// Where its requests go, 0…16; none, or only zero weights, answers 500.
        package let backendRefs: [BackendRef]
        /// What else happens to its requests, in the order written, 0…16.
        package let filters: [Filter]
        /// How long its requests may take; `nil` leaves that to the gateway.
        package let timeouts: Timeouts?
        /// When they are tried again; `nil` for never, but where nothing was sent.
        package let retry: Retry?
    }

    /// A conjunction: it fits a request when every part of it does.
    package struct Match: Hashable, Sendable {
        /// The path, always there: `PathPrefix /` when the document has none.
        package let path: PathMatch
        /// The method, compared exactly; `nil` takes every method.
        package let method: String?
        /// Header fields required; names in lower case, each once.
        package let headers: [FieldMatch]
        /// Query parameters required, each name once.
        package let queryParams: [FieldMatch]
    }

    /// A path as a match requires it.
    package struct PathMatch: Hashable, Sendable {
        /// How the value is compared.
        package enum Kind: String, Hashable, Sendable {
            /// The whole path, octet by octet.
            case exact = "Exact"
            /// The first segments of the path, whole ones.
            case prefix = "PathPrefix"
        }

        /// How the value is compared.
        package let kind: Kind
        /// The path in canonical form. A prefix never ends in `/`, so that `PathPrefix /` is the
        /// empty string.
        package let value: String
    }

    /// A name and the one value that it must have.
    package struct FieldMatch: Hashable, Sendable {
        /// The name.
        package let name: String
        /// The value, compared exactly.
        package let value: String

        /// Whether both ask for the same octets.
        ///
        /// `String` takes spellings of one character as equal, `é` and `e` with an accent behind
        /// it: requests with either are told apart, and so must be what asks for them.
        package static func == (left: FieldMatch, right: FieldMatch) -> Bool {
            left.hasName(of: right) && left.value.utf8.elementsEqual(right.value.utf8)
        }

        /// Whether the names are the same octets.
        func hasName(of other: FieldMatch) -> Bool { name.utf8.elementsEqual(other.name.utf8) }
    }

    /// One backend and its share of a rule's requests.
    package struct BackendRef: Hashable, Sendable {
        /// The backend's name.
        package let name: String
        /// Only the endpoints with this port serve; `nil` takes all.
        package let port: Int?
        /// The share, 0…1,000,000, of the sum of all the rule's weights.
        package let weight: Int
        /// What else happens to the requests that it gets, after the rule's own filters, 0…16.
        package let filters: [Filter]
    }

    /// What the rule is called in plans and answers: its name, or `#` and its number from 1.
    ///
    /// A name cannot hold `#`, so no name given can pass for a number.
    package func label(ofRule index: Int) -> String {
        rules[index].name ?? "#\(index + 1)"
    }
}
