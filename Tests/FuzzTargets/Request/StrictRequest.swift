import HTTP1

/// A request head read line by line, and what RFC 9110 and 9112 say of it: the parser must have
/// decided the same.
struct StrictRequest {
    let method: [UInt8]
    let target: [UInt8]
    let versionMinor: UInt8
    let lines: StrictLines

    /// Reads a head that was taken.
    init(_ octets: Span<UInt8>) throws(Broken) {
        lines = try StrictLines(octets)
        let parts = lines.start.split(separator: 0x20, omittingEmptySubsequences: false)
        try require(parts.count == 3, "a request line has three parts")
        method = Array(parts[0])
        target = Array(parts[1])
        try require(Octets.isToken(method), "a method is a token")
        try require(method != Array("CONNECT".utf8), "CONNECT is not taken")
        try require(
            !target.isEmpty && target.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x23 },
            "a target is visible ASCII without #: \(Octets.shown(target))")
        switch String(decoding: parts[2], as: UTF8.self) {
        case "HTTP/1.0": versionMinor = 0
        case "HTTP/1.1": versionMinor = 1
        default: throw Broken("a version is HTTP/1.0 or HTTP/1.1: \(Octets.shown(parts[2]))")
        }
    }

    /// Checks that the parser read the same, and decided as the RFCs do.
    func check(_ record: RequestRecord, _ octets: Span<UInt8>) throws(Broken) {
        try requireEqual(Octets.array(octets, record.methodName.indices), method, "the method")
        try requireEqual(Octets.array(octets, record.target.indices), target, "the target")
        try requireEqual(record.versionMinor, versionMinor, "the version")
        var read: [FieldText] = []
        for line in record.lines { read.append(FieldText(line, octets)) }
        try requireEqual(read, lines.fields, "the field lines")
        try checkTarget(record, octets)
        try checkHost(record, octets)
        try requireEqual(record.framing, try framing(), "where the body ends")
        try checkConnection(record, octets)
    }

    /// Where the body ends; a request about which two readers could differ is never taken.
    private func framing() throws(Broken) -> BodyFraming {
        let lengths = lines.values(of: "content-length")
        let codings = lines.values(of: "transfer-encoding")
        try require(lengths.count + codings.count <= 1, "no request has two framings")
        if let coding = codings.first {
            try require(versionMinor == 1, "HTTP/1.0 has no transfer codings")
            try requireEqual(Octets.lowered(coding.value), "chunked", "the transfer coding")
            return .chunked
        }
        guard let length = lengths.first else { return .none }
        guard let count = Octets.decimal(length.value) else {
            throw Broken("no length was taken: \(length)")
        }
        return .length(count)
    }

    private func checkTarget(_ record: RequestRecord, _ octets: Span<UInt8>) throws(Broken) {
        var expected = Octets.array(octets, record.path.indices)
        if record.hasQuery {
            expected += [UInt8(ascii: "?")] + Octets.array(octets, record.query.indices)
        }
        switch record.scheme {
        case .none: if record.form == .asterisk { expected = [UInt8(ascii: "*")] }
        case .http, .https:
            let colon = target.firstIndex(of: UInt8(ascii: ":")) ?? 0
            let scheme = record.scheme == .http ? "http" : "https"
            try requireEqual(Octets.lowered(target[..<colon]), scheme, "the scheme")
            expected =
                target[..<colon] + Array("://".utf8)
                + Octets.array(octets, record.authority.indices) + expected
            try require(!record.authority.isEmpty, "an absolute form has an authority")
        }
        try requireEqual(target, expected, "the parts of the target")
        let isOptions = method == Array("OPTIONS".utf8)
        try require(record.form != .asterisk || isOptions, "an asterisk belongs to OPTIONS")
        let hasPath = record.path.isEmpty || octets[record.path.indices.lowerBound] == 0x2F
        try require(hasPath, "a path begins with /")
    }

    private func checkHost(_ record: RequestRecord, _ octets: Span<UInt8>) throws(Broken) {
        let hosts = lines.values(of: "host")
        try require(hosts.count <= 1, "no request has two hosts")
        try require(versionMinor == 0 || hosts.count == 1, "HTTP/1.1 has a Host")
        let named = Octets.array(octets, record.authorityOrHost.indices)
        let expected =
            record.authority.isEmpty
            ? hosts.first?.value ?? [] : Octets.array(octets, record.authority.indices)
        try requireEqual(named, expected, "what goes on as Host")
        for host in hosts.map(\.value) + [named] {
            let isHost = host.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && !"/?#@\\\"<>^`{|}".utf8.contains($0)
            }
            try require(isHost, "a host is no other part of a URI: \(Octets.shown(host))")
        }
        let host = Octets.array(octets, record.host.indices)
        let port = Array(named.dropFirst(host.count))
        try require(named.starts(with: host), "a host begins an authority")
        try require(port.isEmpty || port.first == 0x3A, "a port stands behind a colon")
        try requireEqual(
            record.port.map(Int64.init), Octets.decimal(Array(port.dropFirst())), "the port")
    }

    private func checkConnection(_ record: RequestRecord, _ octets: Span<UInt8>) throws(Broken) {
        let options = lines.connectionOptions
        let protected: Set = [
            "host", "content-length", "transfer-encoding", "authorization", "cookie",
        ]
        try require(options.isDisjoint(with: protected), "no protected field is named")
        let keeps = versionMinor == 1 || options.contains("keep-alive")
        try requireEqual(record.keepAlive, keeps && !options.contains("close"), "keep-alive")
        let takes = lines.values(of: "te").contains { $0.elements.contains("trailers") }
        try requireEqual(record.takesTrailers, takes && versionMinor == 1, "TE: trailers")
        let expects = lines.values(of: "expect").contains {
            $0.elements.contains("100-continue")
        }
        try requireEqual(record.expectsContinue, expects && versionMinor == 1, "100-continue")
        guard !record.upgrade.isEmpty else { return }
        let upgrades = lines.values(of: "upgrade")
        try requireEqual(
            upgrades.map(\.value), [Octets.array(octets, record.upgrade.indices)], "the upgrade")
        try require(options.contains("upgrade") && versionMinor == 1, "an upgrade is asked for")
        let protocols = upgrades[0].elements.map { $0.prefix { $0 != "/" } }
        try require(
            protocols.allSatisfy { !["http", "h2", "h2c", "tls"].contains($0) },
            "HTTP and TLS are no tunnels: \(protocols)")
    }
}
