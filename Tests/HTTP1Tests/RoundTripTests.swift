import HTTP1
import TestKit
import Testing

/// Whatever the gateway forwards, parsed strictly again, is the same request.
@Suite struct RoundTripTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a good request is the same behind the gateway`(_ seed: UInt64) throws {
        var requests = RandomRequest(seed: seed)
        for _ in 0..<200 {
            let wire = Array(requests.head().utf8)
            let outcome = readRequest(wire, arriving: [wire.count]).outcome
            #expect(outcome.isComplete, "seed \(seed): \(wire)")
            try expectSame(outcome, wire, seed)
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a garbled request is refused or the same, however it arrives`(_ seed: UInt64) throws {
        var requests = RandomRequest(seed: seed)
        for _ in 0..<200 {
            let wire = requests.garbledHead()
            let outcome = readRequest(wire, arriving: [wire.count]).outcome
            let arrivals = requests.arrivals(of: wire.count)
            #expect(
                readRequest(wire, arriving: arrivals).outcome == outcome, "seed \(seed): \(wire)")
            try expectSame(outcome, wire, seed)
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `octets of any kind are judged without a trap`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let wire = Array("GET / HTTP/1.1\r\n".utf8) + random.octets(60)
            let response = Array("HTTP/1.1 200 OK\r\n".utf8) + random.octets(60)
            #expect(
                readRequest(wire, arriving: 0...wire.count).outcome
                    == readRequest(wire, arriving: [wire.count]).outcome, "seed \(seed)")
            #expect(
                readResponse(response, arriving: 0...response.count)
                    == readResponse(response, arriving: [response.count]), "seed \(seed)")
        }
    }

    /// Forwards a request that was taken, unless its path is refused, and compares.
    private func expectSame(_ outcome: RequestOutcome, _ wire: [UInt8], _ seed: UInt64) throws {
        guard case .complete(let sent) = outcome, let written = forwarded(wire) else { return }
        let note: Comment =
            "seed \(seed): \(String(decoding: wire, as: UTF8.self).debugDescription)"
        let outcome = readRequest(written, arriving: [written.count]).outcome
        guard case .complete(let received) = outcome else {
            Issue.record("refused behind the gateway: \(outcome), \(note)")
            return
        }
        #expect(received.octetCount == written.count, note)
        #expect((received.form == .asterisk) == (sent.form == .asterisk), note)
        #expect(received.method == sent.method, note)
        #expect(received.path == goingOn(sent), note)
        #expect(received.query == sent.query, note)
        #expect(received.authorityOrHost == sent.authorityOrHost, note)
        #expect(received.framing == sent.framing, note)
        #expect(received.versionMinor == 1, note)
        #expect(received.upgrade == sent.upgrade, note)
        #expect(received.takesTrailers == sent.takesTrailers, note)
        #expect(EndToEnd.lines(of: received) == EndToEnd.lines(of: sent), note)
    }

    /// The path that a request must have behind the gateway.
    private func goingOn(_ request: ReadRequest) -> String? {
        guard request.form != .asterisk else { return "" }
        return NaivePath.form(of: request.path.isEmpty ? "/" : request.path)
    }

    private func forwarded(_ wire: [UInt8]) -> [UInt8]? {
        do {
            return try RequestForwarder().forward(wire)
        } catch {
            return nil
        }
    }
}
