extension KnownField {
    /// The longest name that is known, octets.
    private static let nameOctetsMax = 19

    /// The field that a name names.
    ///
    /// A name is read as up to three words of 8 octets, the first octet lowest. Setting bit 5 of
    /// each octet makes letters lower-case and maps no other token octet onto a letter, a digit
    /// or `-`, so that equal words mean equal names. The words below are checked against
    /// ``name`` by a test.
    ///
    /// - Parameters:
    ///   - octets: A head.
    ///   - start: The name's first octet.
    ///   - count: The name's length; all its octets are token octets (RFC 9110 §5.6.2).
    static func named(_ octets: Span<UInt8>, at start: Int, count: Int) -> KnownField {
        guard count <= nameOctetsMax else { return .other }
        let first = Word.lowered(octets, at: start, count: min(count, 8))
        if count <= 8 { return short(first) }
        let second = Word.lowered(octets, at: start &+ 8, count: min(count &- 8, 8))
        if count <= 16 { return medium(first, second) }
        return long(first, second, Word.lowered(octets, at: start &+ 16, count: count &- 16))
    }

    private static func short(_ word: UInt64) -> KnownField {
        switch word {
        case 0x7473_6F68: .host
        case 0x6574: .te
        case 0x72_656C_6961_7274: .trailer
        case 0x65_6461_7267_7075: .upgrade
        case 0x6569_6B6F_6F63: .cookie
        case 0x7463_6570_7865: .expect
        case 0x61_6976: .via
        case 0x6574_6164: .date
        case 0x7265_7672_6573: .server
        case 0x7470_6563_6361: .accept
        case 0x6E69_6769_726F: .origin
        case 0x6E6F_6974_6163_6F6C: .location
        default: .other
        }
    }

    private static func medium(_ first: UInt64, _ second: UInt64) -> KnownField {
        switch (first, second) {
        case (0x2D74_6E65_746E_6F63, 0x6874_676E_656C): .contentLength
        case (0x6974_6365_6E6E_6F63, 0x6E6F): .connection
        case (0x696C_612D_7065_656B, 0x6576): .keepAlive
        case (0x6F63_2D79_786F_7270, 0x6E6F_6974_6365_6E6E): .proxyConnection
        case (0x7A69_726F_6874_7561, 0x6E_6F69_7461): .authorization
        case (0x6564_7261_7772_6F66, 0x64): .forwarded
        case (0x7261_7772_6F66_2D78, 0x72_6F66_2D64_6564): .xForwardedFor
        case (0x7261_7772_6F66_2D78, 0x7473_6F68_2D64_6564): .xForwardedHost
        case (0x7772_6F66_2D78_616D, 0x7364_7261): .maxForwards
        case (0x7261_7065_6361_7274, 0x74_6E65): .traceparent
        case (0x6174_7365_6361_7274, 0x6574): .tracestate
        case (0x6573_2D32_7074_7468, 0x7367_6E69_7474): .http2Settings
        case (0x2D74_6E65_746E_6F63, 0x6570_7974): .contentType
        case (0x6567_612D_7265_7375, 0x746E): .userAgent
        case (0x6B6F_6F63_2D74_6573, 0x6569): .setCookie
        default: .other
        }
    }

    private static func long(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> KnownField {
        switch (first, second, third) {
        case (0x7265_6673_6E61_7274, 0x6E69_646F_636E_652D, 0x67):
            .transferEncoding
        case (0x7561_2D79_786F_7270, 0x6163_6974_6E65_6874, 0x6574):
            .proxyAuthenticate
        case (0x7561_2D79_786F_7270, 0x7461_7A69_726F_6874, 0x6E_6F69):
            .proxyAuthorization
        case (0x7261_7772_6F66_2D78, 0x746F_7270_2D64_6564, 0x6F):
            .xForwardedProto
        default: .other
        }
    }
}
