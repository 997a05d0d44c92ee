import NIOCore
import Testing

@testable import commonway

@Suite struct EchoTests {
    @Test func `a query overrides the options that it names`() throws {
        var defaults = EchoWish()
        defaults.status = 201
        defaults.size = 5
        let wish = try defaults.applying(target: "/a?b=c&status=503&delay=2s&mirror")
        #expect(wish == EchoWish(status: 503, delay: 2000, size: 5, isMirror: true))
    }

    @Test(arguments: [
        "/?status=99", "/?status=600", "/?status=", "/?delay=5", "/?delay=61m", "/?delay=-1s",
        "/?size=-1", "/?size=1099511627777", "/?size=1e3", "/?status=99999999999999999999",
    ])
    func `what cannot be granted is refused`(target: String) {
        #expect(throws: EchoFault.self) { try EchoWish().applying(target: target) }
    }

    @Test(arguments: [
        ("127.0.0.1:8090", EchoPlace.address(host: "127.0.0.1", port: 8090)),
        (":0", .address(host: "127.0.0.1", port: 0)),
        ("[::1]:80", .address(host: "::1", port: 80)),
    ])
    func `an address and a port are read`(text: String, place: EchoPlace) throws {
        #expect(try EchoPlace(text) == place)
    }

    @Test(arguments: ["127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80", "a:b", ""])
    func `what is no address and port is refused`(text: String) {
        #expect(throws: EchoFault.self) { try EchoPlace(text) }
    }

    @Test(arguments: [0, 1, 15, 16, 4095, 4096, 65_536, 65_537, 200_000] as [Int64])
    func `chunks make up a body of exactly the size, each block naming its offset`(size: Int64) {
        var body: [UInt8] = []
        while Int64(body.count) < size {
            body += EchoBody.chunk(at: Int64(body.count), of: size).readableBytesView
        }
        #expect(Int64(body.count) == size)
        let blocks = stride(from: 0, through: body.count - 16, by: EchoBody.blockOctets)
        let named = blocks.map { String(decoding: body[$0..<($0 + 15)], as: UTF8.self) }
        #expect(named.map { Int($0, radix: 16) } == blocks.map { $0 })
    }
}
