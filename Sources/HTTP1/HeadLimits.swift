/// How large a message head may be.
///
/// Every head is held in a bounded buffer; what does not fit is refused (431, 414, or 502 for a
/// response) rather than stored.
@usableFromInline package struct HeadLimits: Equatable, Sendable {
    /// The most field lines that a head can hold: the captures stand inline in the head.
    @usableFromInline package static let fieldsMax = 100
    /// The largest head that may be configured, octets: captures are 16 and 32 bit offsets.
    @usableFromInline package static let headOctetsCeiling = 65_536
    /// The most field names of their own that `Connection` may list: each one is compared with
    /// every field line, so without a bound one head could cost a hundred thousand comparisons.
    @usableFromInline package static let connectionOptionsMax = 16

    /// The longest request line without its line end, octets.
    @usableFromInline package let requestLineOctetsMax: Int
    /// The largest head with its empty line, octets.
    @usableFromInline package let headOctetsMax: Int
    /// The most field lines, 1...``fieldsMax``.
    @usableFromInline package let fieldLinesMax: Int

    /// Limits as configured; values beyond what a head can hold are brought into range.
    ///
    /// - Parameters:
    ///   - requestLineOctetsMax: 64 octets or more; the default is 8 KiB.
    ///   - headOctetsMax: 128...``headOctetsCeiling``; the default is 32 KiB.
    ///   - fieldLinesMax: 1...``fieldsMax``.
    package init(
        requestLineOctetsMax: Int = 8_192, headOctetsMax: Int = 32_768,
        fieldLinesMax: Int = HeadLimits.fieldsMax
    ) {
        self.headOctetsMax = min(max(headOctetsMax, 128), Self.headOctetsCeiling)
        self.requestLineOctetsMax = min(max(requestLineOctetsMax, 64), self.headOctetsMax)
        self.fieldLinesMax = min(max(fieldLinesMax, 1), Self.fieldsMax)
    }

    /// 8 KiB a request line, 32 KiB a head, 100 fields.
    @usableFromInline package static let request = HeadLimits()
    /// 64 KiB a head, 100 fields.
    @usableFromInline package static let response = HeadLimits(
        headOctetsMax: HeadLimits.headOctetsCeiling)
    /// 8 KiB of trailer lines, 100 fields.
    @usableFromInline package static let trailers = HeadLimits(headOctetsMax: 8_192)
}
