/// Decides by the `Host` and `Origin` of a request whether it was meant for this council.
///
/// A page elsewhere can point a name of its own at 127.0.0.1 (DNS rebinding) and would then be of
/// the same origin as the council; only the host name tells. And a page elsewhere can send requests
/// with the member's cookie; `Origin` and `Sec-Fetch-Site`, which pages cannot forge, tell these.
struct HostGuard: Sendable {
    private let hosts: Set<String>
    private let takesAnyHost: Bool

    /// What a request's headers say about the page that sent it.
    enum Sender: Equatable {
        /// A page of this council.
        case ownPage
        /// A page of another site.
        case otherPage
        /// No browser, or one that does not tell.
        case unknown
    }

    /// Behind TLS a rebound name has no certificate, so without a list any host is taken there.
    init(configuration: AdminConfiguration) {
        var hosts: Set<String> = ["localhost", "127.0.0.1", "::1"]
        hosts.formUnion(configuration.hosts)
        hosts.insert(configuration.address.lowercased())
        self.hosts = hosts
        takesAnyHost = configuration.isBehindTLS && configuration.hosts.isEmpty
    }

    /// Whether requests for this authority (`host` or `host:port`) are answered.
    func accepts(authority: String?) -> Bool {
        guard let authority, let host = Self.host(of: authority) else { return false }
        return takesAnyHost || hosts.contains(host)
    }

    /// Who sent a request, by its headers.
    ///
    /// - Parameters:
    ///   - fetchSite: The value of `Sec-Fetch-Site` (W3C Fetch Metadata), if any.
    ///   - origin: The value of `Origin` (RFC 6454 §7), if any.
    ///   - authority: The request's own authority.
    func sender(fetchSite: String?, origin: String?, authority: String?) -> Sender {
        if let fetchSite { return fetchSite == "same-origin" ? .ownPage : .otherPage }
        guard let origin else { return .unknown }
        guard let authority, let place = Self.authority(ofOrigin: origin) else { return .otherPage }
        return place == authority.lowercased() ? .ownPage : .otherPage
    }

    /// The host of an authority, lower case, without port and brackets; `nil` when malformed.
    static func host(of authority: String) -> String? {
        let text = authority.lowercased()
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            return String(text[text.index(after: text.startIndex)..<end])
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first, !host.isEmpty else { return nil }
        return String(host)
    }

    private static func authority(ofOrigin origin: String) -> String? {
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            return origin.dropFirst(scheme.count).lowercased()
        }
        return nil
    }
}
