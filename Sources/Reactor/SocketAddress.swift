internal import CLinux

/// Where a socket listens or connects: IPv4, IPv6 or a Unix-domain path.
package struct SocketAddress: Equatable, Sendable, CustomStringConvertible {
    /// The kinds that matter to a proxy; an IPv4-mapped IPv6 address counts as IPv4.
    package enum Family: Sendable {
        case v4
        case v6
        case local
    }

    /// The most octets that a host's text takes (an IPv6 address with an embedded IPv4 one).
    package static let hostOctetsMax = 46

    var raw: clinux_address

    init(raw: clinux_address) {
        self.raw = raw
    }

    /// Reads a numeric address, as `127.0.0.1`, `::1` or `[::1]`; nil when it is a name.
    package init?(numeric host: String, port: UInt16) {
        var text = host
        if text.hasPrefix("["), text.hasSuffix("]") {
            text = String(text.dropFirst().dropLast())
        }
        var address = clinux_address()
        // SAFETY: the C function reads the NUL-terminated text and writes only the structure.
        guard unsafe clinux_address_parse(text, port, &address) == 0 else { return nil }
        raw = address
    }

    /// An address of 4 or 16 octets in network order; nil for another count.
    package init?(octets: Span<UInt8>, port: UInt16) {
        var address = clinux_address()
        // SAFETY: the C function reads no more than the stated count of octets.
        let code = unsafe octets.withUnsafeBufferPointer { source in
            unsafe clinux_address_make(source.baseAddress, source.count, port, &address)
        }
        guard code == 0 else { return nil }
        raw = address
    }

    /// Names a Unix-domain socket; nil when the path is empty or over 107 octets.
    package init?(path: String) {
        var address = clinux_address()
        // SAFETY: the C function reads no more than the stated count of octets.
        guard unsafe clinux_address_unix(path, path.utf8.count, &address) == 0 else { return nil }
        raw = address
    }

    /// The port; 0 for a Unix-domain address.
    package var port: UInt16 {
        // SAFETY: the pointer is valid for the length of the call.
        unsafe withUnsafePointer(to: raw) { pointer in
            unsafe clinux_address_port(pointer)
        }
    }

    /// What kind of address it is.
    package var family: Family {
        // SAFETY: the pointer is valid for the length of the call.
        let kind = unsafe withUnsafePointer(to: raw) { pointer in
            unsafe clinux_address_family(pointer)
        }
        return kind == 4 ? .v4 : kind == 6 ? .v6 : .local
    }

    /// Link-local addresses, where a machine's own metadata services answer.
    package var isLinkLocal: Bool {
        // SAFETY: the pointer is valid for the length of the call.
        unsafe withUnsafePointer(to: raw) { pointer in
            unsafe clinux_address_link_local(pointer) == 1
        }
    }

    /// The address that means "any": connecting to it reaches this machine.
    package var isUnspecified: Bool {
        // SAFETY: the pointer is valid for the length of the call.
        unsafe withUnsafePointer(to: raw) { pointer in
            unsafe clinux_address_unspecified(pointer) == 1
        }
    }

    /// The path of a Unix-domain address; empty for others.
    package var path: String {
        var text = InlineArray<108, UInt8>(repeating: 0)
        var length = 0
        var address = raw
        var span = text.mutableSpan
        // SAFETY: the C function writes at most the stated 108 octets.
        unsafe span.withUnsafeMutableBufferPointer { out in
            length = Int(unsafe clinux_address_path(&address, out.baseAddress, out.count))
        }
        return String(decoding: (0..<length).map { text[$0] }, as: UTF8.self)
    }

    /// The numeric host without port and brackets; empty for a Unix-domain address.
    package var host: String {
        var octets: [UInt8] = []
        withHost { octets.append($0) }
        return String(decoding: octets, as: UTF8.self)
    }

    /// Hands over the octets of the numeric host, at most `hostOctetsMax`.
    package func withHost(_ take: (UInt8) -> Void) {
        var text: InlineArray<64, CChar> = .init(repeating: 0)
        var length = 0
        var address = raw
        var span = text.mutableSpan
        // SAFETY: the C function writes at most the stated 64 octets of `text`, with the NUL.
        unsafe span.withUnsafeMutableBufferPointer { out in
            length = Int(unsafe clinux_address_host(&address, out.baseAddress, out.count))
        }
        for index in 0..<min(length, 63) { take(UInt8(bitPattern: text[index])) }
    }

    /// The same host and port; IPv4-mapped equals IPv4.
    package static func == (left: SocketAddress, right: SocketAddress) -> Bool {
        var (a, b) = (left.raw, right.raw)
        // SAFETY: both pointers are valid for the length of the call.
        return unsafe clinux_address_equal(&a, &b) == 1
    }

    /// `host:port`, with brackets around IPv6, or the path.
    package var description: String {
        switch family {
        case .v4: "\(host):\(port)"
        case .v6: "[\(host)]:\(port)"
        case .local: "unix:" + path
        }
    }

    /// Resolves a name by getaddrinfo. Blocks, for seconds when a name server is away, so never
    /// on a loop's thread.
    ///
    /// - Returns: 1...16 addresses.
    /// - Throws: `SystemError` with the EAI code.
    package static func resolve(_ name: String, port: UInt16) throws(SystemError) -> [SocketAddress]
    {
        let capacity = Int(CLINUX_RESOLVED_MAX)
        var found = [clinux_address](repeating: clinux_address(), count: capacity)
        // SAFETY: the C function writes at most `capacity` structures.
        let count = unsafe clinux_resolve(name, port, &found, Int32(capacity))
        if count <= 0 { throw SystemError(.resolve, code: count) }
        return found.prefix(Int(count)).map { SocketAddress(raw: $0) }
    }
}
