import Foundation

/// Where a council's API is: a base address without a slash at its end.
struct CouncilAddress: Hashable, Sendable {
    /// The address as text, such as `https://gw.example.org`.
    let text: String
    /// Whether it is plain http to another machine.
    let isExposed: Bool

    /// Reads an address as typed.
    ///
    /// - Parameter allowsExposed: Whether plain http to another machine was asked for.
    /// - Throws: ``Complaint`` for what is no http address, and for plain http to another machine:
    ///   passwords and tokens would pass it in clear.
    init(_ typed: String, allowsExposed: Bool) throws(Complaint) {
        try self.init(typed, option: "--council")
        if isExposed && !allowsExposed {
            throw .usage(
                "plain http to another machine shows passwords and tokens to everyone on the way",
                at: text, next: "use https, or add --insecure where the network is your own")
        }
    }

    /// Reads an address to which no secret is sent.
    ///
    /// - Parameter option: What complaints call it.
    /// - Throws: ``Complaint`` for what is no http address.
    init(_ typed: String, option: String) throws(Complaint) {
        guard let parts = URLComponents(string: typed), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host?.lowercased(), !host.isEmpty
        else {
            throw .usage(
                "not an http or https address", at: "\(option) \(typed)",
                next: "write it as \(option) http://127.0.0.1:8081")
        }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
        else {
            throw .usage(
                "an address has no user, query or fragment", at: option,
                next: "secrets are asked for, or read from a file")
        }
        var path = parts.path
        while path.hasSuffix("/") { path.removeLast() }
        let port = parts.port.map { ":\($0)" } ?? ""
        text = "\(scheme)://\(host)\(port)\(path)"
        isExposed = scheme == "http" && !Self.isLoopback(host)
    }

    /// Whether a host is this machine (RFC 6761 §6.3 for the names).
    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host.hasSuffix(".localhost") { return true }
        if host == "::1" || host == "[::1]" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    }
}
