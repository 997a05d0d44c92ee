import HTTP1
import Testing

/// Every refusal of a request head: which fault, at which octet, and when it is found.
@Suite struct RequestRefusalTests {
    @Test(arguments: RequestRefusal.requestLines)
    func `a request line with a fault is refused however it arrives`(_ refusal: RequestRefusal) {
        expectRefused(refusal)
    }

    @Test(arguments: RequestRefusal.fieldLines)
    func `a field line with a fault is refused however it arrives`(_ refusal: RequestRefusal) {
        expectRefused(refusal)
    }

    @Test(arguments: RequestRefusal.fieldValues)
    func `a field that breaks the message is refused however it arrives`(
        _ refusal: RequestRefusal
    ) {
        expectRefused(refusal)
    }

    @Test(arguments: RequestRefusal.requestLines + RequestRefusal.fieldLines)
    func `a fault of syntax is found as soon as its octet is there`(_ refusal: RequestRefusal) {
        let octets = Array(refusal.wire.utf8)
        let arrived = readRequest(octets, arriving: 0...octets.count).arrived
        // One octet behind a CR tells whether it is bare, and a target or version of letters
        // is judged where it ends.
        #expect(arrived > refusal.offset)
        #expect(arrived <= refusal.offset + 10)
    }

    @Test func `a head of exactly the limit is taken`() {
        let limits = HeadLimits(requestLineOctetsMax: 64, headOctetsMax: 128)
        let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
        let filling = String(repeating: "x", count: 128 - 4 - start.utf8.count)
        let outcomes = everyReading(of: Array((start + filling + "\r\n\r\n").utf8), limits: limits)
        #expect(outcomes.allSatisfy { $0.isComplete })
    }

    @Test func `a head over the limit is refused at the limit`() {
        let limits = HeadLimits(requestLineOctetsMax: 64, headOctetsMax: 128)
        let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
        let filling = String(repeating: "x", count: 128 - 3 - start.utf8.count)
        let outcomes = everyReading(of: Array((start + filling + "\r\n\r\n").utf8), limits: limits)
        let fault = MessageError(.headTooLarge, side: .request, at: 128, limit: 128)
        #expect(outcomes.allSatisfy { $0 == .refused(fault) })
        #expect(fault.status == 431)
    }

    @Test func `a request line of exactly the limit is taken`() {
        let filling = String(repeating: "x", count: 8_192 - "GET / HTTP/1.1".utf8.count)
        let outcome = readRequest("GET /\(filling) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(outcome.isComplete)
    }

    @Test func `a request line over the limit is refused at the limit`() {
        let limits = HeadLimits(requestLineOctetsMax: 64)
        let filling = String(repeating: "x", count: 65 - "GET / HTTP/1.1".utf8.count)
        let wire = Array("\r\nGET /\(filling) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        let fault = MessageError(.requestLineTooLong, side: .request, at: 66, limit: 64)
        #expect(everyReading(of: wire, limits: limits).allSatisfy { $0 == .refused(fault) })
        #expect(fault.status == 414)
    }

    @Test func `a hundred fields are taken and one more is refused`() {
        let start = "GET / HTTP/1.1\r\nHost: a\r\n"
        let hundred = start + String(repeating: "X: y\r\n", count: 99)
        let fault = MessageError(
            .tooManyFields, side: .request, at: hundred.utf8.count, limit: 100)
        #expect(readRequest(hundred + "\r\n").isComplete)
        #expect(readRequest(hundred + "X: y\r\n\r\n") == .refused(fault))
        #expect(fault.status == 431)
    }

    private func expectRefused(_ refusal: RequestRefusal) {
        let octets = Array(refusal.wire.utf8)
        let outcomes = Set(everyReading(of: octets).map { $0.summary })
        #expect(outcomes == ["\(refusal.name) at octet \(refusal.offset)"])
    }
}

extension RequestOutcome {
    /// Whether a whole head was read.
    var isComplete: Bool {
        guard case .complete = self else { return false }
        return true
    }

    /// The fault and its octet, without its limit.
    var summary: String {
        switch self {
        case .complete: "complete"
        case .needMore: "need more"
        case .refused(let fault):
            "\(fault.category):\(fault.kind.name) at octet \(fault.offset)"
        }
    }
}
