import Testing

@testable import Proxy

@Suite struct `Gateway limits` {
    @Test(arguments: [(20_000, 2, 7_491), (1_024, 1, 750), (100, 4, 12), (16, 8, 3)])
    func `clients leave descriptors to the endpoints`(
        descriptors: Int, loops: Int, clients: Int
    ) {
        var limits = GatewayLimits()
        limits.fit(descriptors: descriptors, loopCount: loops)
        #expect(limits.clientsMax == clients)
        #expect(limits.upstreamsMax > limits.clientsMax)
    }

    @Test func `many descriptors do not raise the configured limits`() {
        var limits = GatewayLimits()
        limits.clientsMax = 10
        limits.fit(descriptors: 1 << 20, loopCount: 2)
        #expect(limits.clientsMax == 10)
    }
}
