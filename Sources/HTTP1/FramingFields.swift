/// The two fields that say where a body ends, judged alike for requests and responses.
enum FramingFields {
    /// The number in a `Content-Length` (RFC 9110 §8.6): 1 or more digits, below 2^63.
    static func length(
        _ value: OctetRange, _ octets: Span<UInt8>, side: MessageSide
    ) throws(MessageError) -> Int64 {
        switch OctetText.decimal(octets, value.indices) {
        case .number(let length): return length
        case .notDigit(let offset):
            throw MessageError(.badContentLength, side: side, at: offset)
        case .overflow:
            throw MessageError(.contentLengthOverflow, side: side, at: Int(value.start))
        }
    }

    /// Refuses a `Transfer-Encoding` that is not exactly `chunked` (RFC 9112 §6.1).
    ///
    /// Another coding is one that the gateway does not have (501), unless `chunked` stands
    /// before the end of the list, which no coding makes good.
    static func requireChunked(
        _ value: OctetRange, _ octets: Span<UInt8>, side: MessageSide
    ) throws(MessageError) {
        guard !isChunked(octets, value.indices) else { return }
        var elements = ListElements(value)
        var hasOther = false
        var chunkedAt: Int?
        while let element = elements.next(octets) {
            var index = element.lowerBound
            while index < element.upperBound, OctetClass.isToken(octets[index]) { index &+= 1 }
            guard index == element.upperBound, chunkedAt == nil else {
                throw MessageError(.badTransferEncoding, side: side, at: chunkedAt ?? index)
            }
            if isChunked(octets, element) {
                chunkedAt = element.lowerBound
            } else {
                hasOther = true
            }
        }
        throw MessageError(
            hasOther ? .unknownTransferCoding : .badTransferEncoding, side: side,
            at: Int(value.start))
    }

    private static func isChunked(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
        OctetText.word(octets, range) == 0x63_6875_6E6B_6564
    }
}
