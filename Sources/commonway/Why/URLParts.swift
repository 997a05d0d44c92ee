/// An absolute http or https URL as a client takes it apart before it sends a request: nothing is
/// decoded, escaped or put right.
struct URLParts {
    /// `http` or `https`.
    let scheme: String
    /// `HOST` or `HOST:PORT`; the scheme's own port is left out, as clients do in `Host`.
    let authority: String
    /// The port written.
    let port: Int?
    /// Path and query; `/` for a URL without a path. The fragment never leaves the client.
    let target: String

    /// Takes a URL apart.
    ///
    /// - Throws: ``AskedRequest/Fault`` for anything else than an absolute http or https URL.
    init(_ text: String) throws(AskedRequest.Fault) {
        func fault(_ what: String) -> AskedRequest.Fault {
            AskedRequest.Fault(
                text: "\(text.debugDescription) \(what); expected a URL such as http://HOST/PATH")
        }
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
            throw fault("is no absolute URL")
        }
        scheme = text[..<colon].lowercased()
        guard scheme == "http" || scheme == "https" else {
            throw fault("is neither http nor https")
        }
        let rest = text[colon...].dropFirst(3).prefix { $0 != "#" }
        let written = rest.prefix { $0 != "/" && $0 != "?" }
        guard !written.isEmpty else { throw fault("has no host") }
        guard !written.contains("@") else { throw fault("has a user, which is never sent") }
        var host = written
        var port: Int?
        if let end = written.lastIndex(of: ":"), !written.hasSuffix("]") {
            let digits = written[end...].dropFirst()
            guard digits.isEmpty || UInt16(digits) != nil else { throw fault("has no such port") }
            port = Int(digits)
            host = written[..<end]
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw fault("has no host that a request could name")
        }
        self.port = port
        let known = scheme == "https" ? 443 : 80
        authority = String(host) + (port == nil || port == known ? "" : ":\(port ?? 0)")
        let target = rest.dropFirst(written.count)
        self.target = target.hasPrefix("/") ? String(target) : "/\(target)"
    }
}
