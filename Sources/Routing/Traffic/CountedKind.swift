/// What is known of each of some requests: the host and the method.
struct CountedKind: Hashable {
    /// In lower case; empty when it may be any, or none.
    let host: String
    /// Empty for one that no match can name.
    let method: String

    /// Whether such a request may be of a host and a method that are asked for.
    func mayBe(of host: Hostname?, _ method: String?) -> Bool {
        (self.host.isEmpty || isSurely(of: host)) && (method == nil || method == self.method)
    }

    /// Whether every such request is of a host that is asked for; as gateways compare hosts,
    /// whatever a client sends for one.
    func isSurely(of host: Hostname?) -> Bool {
        guard let host else { return true }
        if !host.isWildcard { return self.host == host.name }
        let ending = ".\(host.name)".utf8
        return self.host.utf8.count > ending.count
            && self.host.utf8.suffix(ending.count).elementsEqual(ending)
    }
}

extension RequestPredicate {
    /// Whether a request of that kind may meet it.
    func mayHold(_ kind: CountedKind) -> Bool { kind.mayBe(of: host, method) }

    /// Whether every request of that kind that meets another predicate meets this one too.
    func surelyHolds(_ kind: CountedKind, of other: RequestPredicate) -> Bool {
        (kind.isSurely(of: host) || RequestPredicate.isWithin(other.host, host))
            && (method == nil || method == kind.method || method == other.method)
            && other.path.isWithin(path) && headers.allSatisfy(other.headers.contains)
            && queryParams.allSatisfy(other.queryParams.contains)
    }
}
