import Testing

@testable import Bench

@Suite struct `Scan of a head` {
    private static let response =
        "HTTP/1.1 200 OK\r\nServer: x\r\ncontent-LENGTH:  100\r\nConnection: close\r\n\r\n"

    @Test func `a response's status, length and end are found`() {
        let scan = HeadScan(Array((Self.response + "body\n\n").utf8).span)
        #expect(scan.status == 200)
        #expect(scan.contentLength == 100)
        #expect(scan.octets == Self.response.utf8.count)
        #expect(scan.closes)
        #expect(!scan.upgrades)
    }

    @Test func `a head that is cut anywhere is not whole`() {
        let octets = Array(Self.response.utf8)
        for count in octets.indices {
            #expect(HeadScan(Array(octets[..<count]).span).octets == 0, "\(count) octets")
        }
    }

    @Test func `a request has no status and may ask for an upgrade`() {
        let octets = RequestTexts.upgrade.octets
        let scan = HeadScan(octets.span)
        #expect(scan.status == 0)
        #expect(scan.upgrades)
        #expect(scan.contentLength == -1)
        #expect(scan.octets == octets.count)
    }

    @Test func `names that merely begin alike are others`() {
        let text = "HTTP/1.1 200 OK\r\nContent-Lengthy: 7\r\nUpgrade-Insecure: 1\r\n\r\n"
        let scan = HeadScan(Array(text.utf8).span)
        #expect(scan.contentLength == -1)
        #expect(!scan.upgrades)
    }

    @Test func `a number too long for any body does not trap`() {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n"
        #expect(HeadScan(Array(text.utf8).span).contentLength == 999_999_999_999_999)
    }
}
