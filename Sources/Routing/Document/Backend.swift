/// A named service: the addresses that requests are sent to.
package struct Backend: Hashable, Sendable {
    /// The name, a DNS subdomain of 1…253 octets.
    package let name: String
    /// How its endpoints are spoken to.
    package let `protocol`: Wire
    /// The addresses, 1…256.
    package let endpoints: [Endpoint]
    /// The numbers of the members who may give it other endpoints without a vote, 0…16.
    package let keepers: [Int]
    /// Where endpoints that a keeper gives must stand, 0…32; one at least with keepers.
    package let networks: [NetworkPrefix]

    /// How endpoints are spoken to.
    package enum Wire: String, Hashable, Sendable {
        /// HTTP/1.1 in plain text.
        case http
    }

    /// One address of a backend.
    package struct Endpoint: Hashable, Sendable {
        /// Where to connect.
        package let address: Address
        /// The TCP port, 1…65,535; `nil` for a Unix socket.
        package let port: Int?
        /// Its share of the backend's requests, 0…1,000,000.
        package let weight: Int
    }

    /// Where to connect.
    package enum Address: Hashable, Sendable {
        /// An IPv4 address, its octets from the left as one number.
        case ipv4(UInt32)
        /// An IPv6 address, its sixteen octets from the left as two numbers.
        case ipv6(UInt64, UInt64)
        /// A DNS name in lower case, resolved by the gateway.
        case hostname(String)
        /// The absolute path of a Unix stream socket, 1…107 octets.
        case unix(String)
    }
}
