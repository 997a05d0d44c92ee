import HTTP1
import TestKit
import Testing

/// The chunked coding, read however it arrives and written again.
@Suite struct ChunkedDecoderTests {
    @Test(arguments: [
        ("0\r\n\r\n", "", []), ("5\r\nhello\r\n0\r\n\r\n", "hello", []),
        ("A\r\n0123456789\r\n1\r\nx\r\n000\r\n\r\n", "0123456789x", []),
        ("0000000000000005\r\nhello\r\n0\r\n\r\n", "hello", []),
        ("3;a;b=c;d=\"e;\\\"\" ; f = g\r\nabc\r\n0;x\r\n\r\n", "abc", []),
        ("2\r\n\r\n\r\n0\r\nDigest: x \r\nExpires:y\r\n\r\n", "\r\n", ["Digest: x", "Expires: y"]),
    ])
    func `a body is read whole, octet by octet and split anywhere`(
        _ wire: String, _ data: String, _ trailers: [String]
    ) {
        let expected = ReadBody(
            data: Array(data.utf8), trailers: trailers, octetCount: wire.utf8.count)
        #expect(everyReading(ofBody: wire).allSatisfy { $0 == .complete(expected) })
    }

    @Test func `what follows the body is left alone`() {
        let wire = Array("1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1\r\n".utf8)
        let expected = ReadBody(data: [0x78], trailers: [], octetCount: 11)
        #expect(readBody(wire, pieces: [wire.count]) == .complete(expected))
    }

    @Test(arguments: [
        ("\r\n", "bad-chunk-size", 0), ("x\r\n", "bad-chunk-size", 0),
        (" 5\r\n", "bad-chunk-size", 0),
        ("5 \r\n", "bad-chunk-size", 1), ("-5\r\n", "bad-chunk-size", 0),
        ("+5\r\n", "bad-chunk-size", 0), ("0x5\r\n", "bad-chunk-size", 1),
        ("5_0\r\n", "bad-chunk-size", 1), ("5\0\r\n", "bad-chunk-size", 1),
        (";a\r\n", "bad-chunk-size", 0), ("5\nhello", "bare-lf", 1), ("5\rhello", "bare-cr", 1),
        ("8000000000000000\r\n", "chunk-size-overflow", 15),
        ("10000000000000005\r\n", "chunk-size-overflow", 16),
        ("00000000000000005\r\n", "chunk-size-overflow", 16),
        ("5;\r\n", "bad-chunk-extension", 2), ("5;=a\r\n", "bad-chunk-extension", 2),
        ("5;a=\r\n", "bad-chunk-extension", 4), ("5;a=\"\r\n", "bad-chunk-extension", 5),
        ("5;a=\"b\"c\r\n", "bad-chunk-extension", 7), ("5;a b\r\n", "bad-chunk-extension", 4),
        ("5;a\u{1}\r\n", "bad-chunk-extension", 3), ("5;a\n", "bare-lf", 3),
        ("5;a \r\n", "bad-chunk-extension", 4), ("5;a=b \r\n", "bad-chunk-extension", 6),
        ("5;a=\"b\"\t\r\n", "bad-chunk-extension", 8),
        ("5;a\rb", "bare-cr", 3), ("5;a\0\r\n", "nul", 3),
        ("5\r\nhelloX", "chunk-data-not-ended", 8), ("5\r\nhello\n", "chunk-data-not-ended", 8),
        ("5\r\nhello\rX", "chunk-data-not-ended", 9),
        ("5\r\nhello0\r\n", "chunk-data-not-ended", 8),
        ("0\r\nA b: c\r\n\r\n", "space-before-colon", 4), ("0\r\nA: b\n\r\n", "bare-lf", 7),
        ("0\r\nA: b\r\n c\r\n", "obs-fold", 9), ("0\r\n\n", "bare-lf", 3),
        ("0\r\n\rX", "bare-cr", 3),
        ("0\r\nA: b\r\nC\0: d\r\n", "nul", 10),
        ("1\r\nx\r\n0\r\nA: b\r\n: c\r\n", "empty-field-name", 15),
    ])
    func `framing with a fault is refused however it arrives`(
        _ wire: String, _ name: String, _ offset: Int
    ) {
        let expected = BodyOutcome.refused("bad-request:\(name) at octet \(offset)")
        #expect(everyReading(ofBody: wire).allSatisfy { $0 == expected })
    }

    @Test func `an extension of 256 octets is taken and one more is refused`() {
        let wire = "0;" + String(repeating: "x", count: 255)
        let refused = BodyOutcome.refused("bad-request:chunk-extension-too-long at octet 257")
        #expect(everyReading(ofBody: wire + "\r\n\r\n").allSatisfy { $0.isComplete })
        #expect(everyReading(ofBody: wire + "x\r\n\r\n").allSatisfy { $0 == refused })
    }

    @Test func `a trailer section over its limit is refused at the limit`() {
        let limits = HeadLimits(headOctetsMax: 128)
        let largest = "0\r\nX: " + String(repeating: "x", count: 128 - "X: \r\n\r\n".utf8.count)
        let refused = BodyOutcome.refused("head-too-large:head at octet 131")
        let taken = everyReading(ofBody: largest + "\r\n\r\n", limits: limits)
        let tooLarge = everyReading(ofBody: largest + "x\r\n\r\n", limits: limits)
        #expect(taken.allSatisfy { $0.isComplete })
        #expect(tooLarge.allSatisfy { $0 == refused })
    }

    @Test func `more trailer lines than the limit are refused`() {
        let limits = HeadLimits(fieldLinesMax: 2)
        let wire = "0\r\nA: b\r\nA: b\r\n"
        let refused = BodyOutcome.refused("head-too-large:fields at octet 15")
        #expect(everyReading(ofBody: wire + "\r\n", limits: limits).allSatisfy { $0.isComplete })
        #expect(
            everyReading(ofBody: wire + "A: b\r\n\r\n", limits: limits).allSatisfy { $0 == refused }
        )
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `what is written in chunks is read again in any pieces`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var sink = ArraySink()
        var data: [UInt8] = []
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let chunk = random.octets(Int.random(in: 1...300, using: &random))
            ChunkWriter.header(of: chunk.count, into: &sink)
            sink.octets += chunk
            ChunkWriter.end(into: &sink)
            data += chunk
        }
        ChunkWriter.last(into: &sink)
        ChunkWriter.end(into: &sink)
        let pieces = (0..<50).map { _ in Int.random(in: 1...40, using: &random) }
        let expected = ReadBody(data: data, trailers: [], octetCount: sink.octets.count)
        #expect(readBody(sink.octets, pieces: pieces) == .complete(expected), "seed \(seed)")
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `garbled framing has one outcome however it arrives`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let good = Array("3;a=\"b\"\r\nabc\r\nF\r\n0123456789abcde\r\n0\r\nA: b\r\n\r\n".utf8)
        let bad = Array("\r\n\0 ;:0fF\"=\tx\u{1}".utf8)
        for _ in 0..<300 {
            var wire = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                wire[Int.random(in: wire.indices, using: &random)] =
                    bad[Int.random(in: bad.indices, using: &random)]
            }
            let pieces = (0..<50).map { _ in Int.random(in: 1...9, using: &random) }
            let whole = readBody(wire, pieces: [wire.count])
            #expect(readBody(wire, pieces: pieces) == whole, "seed \(seed): \(wire)")
        }
    }
}

extension BodyOutcome {
    /// Whether the body was read to its end.
    var isComplete: Bool {
        guard case .complete = self else { return false }
        return true
    }
}
