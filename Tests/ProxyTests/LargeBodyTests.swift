import Proxy
import Routing
import Testing

/// Bodies far larger than every buffer on their way; the kernel's included.
@Suite struct `Large bodies` {
    private static let octets = 48 << 20

    @Test func `a large body reaches the client, and the connection goes on`() throws {
        let endpoint = try EndpointServer { wire, _ in
            while true {
                _ = try wire.readHead()
                try wire.send("HTTP/1.1 200 OK\r\nContent-Length: \(Self.octets)\r\n\r\n")
                try wire.sendZeros(Self.octets)
            }
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        for _ in 0..<2 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try wire.readHead().status == 200)
            try wire.discard(Self.octets)
        }
        #expect(endpoint.connectionCount == 1)
    }

    @Test func `a large body reaches the endpoint, and the connection goes on`() throws {
        let endpoint = try EndpointServer { wire, _ in
            while true {
                _ = try wire.readHead()
                try wire.discard(Self.octets)
                try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            }
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        for _ in 0..<2 {
            try wire.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: \(Self.octets)\r\n\r\n")
            try wire.sendZeros(Self.octets)
            #expect(try wire.readResponse().text == "ok")
        }
        #expect(endpoint.connectionCount == 1)
    }

    @Test func `chunks pass both ways at once`() throws {
        let size = 16 << 20
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            var count = try wire.discardChunk()
            while count > 0 {
                try wire.sendZeroChunk(count)
                count = try wire.discardChunk()
            }
            try wire.sendZeroChunk(0)
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        _ = try wire.readHead()
        var (sent, received) = (0, 0)
        while sent < size {
            try wire.sendZeroChunk(100_000)
            sent += 100_000
            while received < sent { received += try wire.discardChunk() }
        }
        try wire.sendZeroChunk(0)
        #expect(try wire.discardChunk() == 0)
        #expect(received == sent)
    }

    @Test func `a large body whose endpoint breaks off is cut, and leaves no connection`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n")
            try wire.sendZeros(3_000_000)
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        for _ in 0..<5 {
            let wire = try served.connect()
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try wire.readHead()
            try wire.discard(3_000_000)
            #expect(wire.endsWithoutMore())
        }
        #expect(served.gateway.counters.cutShort == 5)
        while served.gateway.counters.upstreamsOpen > 0 { try yieldAMoment() }
    }

    @Test func `a client that leaves within a large body ends it at the endpoint`() throws {
        let endpoint = try EndpointServer { wire, _ in
            while true {
                _ = try wire.readHead()
                try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
                try wire.sendZeros(50_000_000)
            }
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        for _ in 0..<5 {
            let wire = try served.connect()
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try wire.readHead()
            try wire.discard(2_000_000)
        }
        while served.gateway.counters.clientsOpen > 0 { try yieldAMoment() }
        while served.gateway.counters.upstreamsOpen > 0 { try yieldAMoment() }
    }

    @Test func `what a large body holds arrives in order, however the client reads`() throws {
        let count = 3_000_000
        let octets = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
        let endpoint = try EndpointServer { wire, _ in
            while true {
                _ = try wire.readHead()
                try wire.send("HTTP/1.1 200 OK\r\nContent-Length: \(count)\r\n\r\n")
                try wire.send(octets)
            }
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        for _ in 0..<2 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try wire.readHead()
            var at = 0
            while at < count {
                let part = min(count - at, 70_001)
                #expect(try wire.read(part) == Array(octets[at..<at + part]))
                at += part
            }
        }
        #expect(endpoint.connectionCount == 1)
    }
}
