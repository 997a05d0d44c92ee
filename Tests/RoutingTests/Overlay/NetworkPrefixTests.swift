import CanonicalJSON
import Routing
import Testing

@Suite struct NetworkPrefixes {
    @Test(arguments: [
        "0.0.0.0/0", "10.4.0.0/16", "192.0.2.7/32", "192.0.2.128/25", "::/0", "fd00:4::/32",
        "2001:DB8::/33", "2001:db8::1/128", "::ffff:192.0.2.0/120", "2001:db8:0:0:8000::/65",
    ])
    func `a network is an address and a length, and keeps its text`(text: String) throws {
        #expect(try #require(NetworkPrefix(text: text)).text == text)
    }

    @Test(arguments: [
        "", "/", "/8", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/+8",
        "10.0.0.0/-1", "10.0.0.0/8 ", " 10.0.0.0/8", "10.0.0.0/8/8", "10.0.0/8", "010.0.0.0/8",
        "10.0.0.1/8", "10.4.0.0/13", "0.0.0.1/0", "fd00::/129", "fd00::/0128", "fd00:4::/16",
        "::1/127", "2001:db8:0:0:8000::/64", "fe80::%eth0/64", "catalogue.internal/8",
        "unix:/run/b.sock/8", "10.0.0.0/\u{0661}", "10.0.0.0/99999999999999999999",
    ])
    func `any other text is none`(text: String) {
        #expect(NetworkPrefix(text: text) == nil)
    }

    @Test(arguments: [
        ("10.4.0.0/16", "10.4.0.0"), ("10.4.0.0/16", "10.4.255.255"), ("0.0.0.0/0", "203.0.113.9"),
        ("192.0.2.7/32", "192.0.2.7"), ("fd00:4::/32", "fd00:4:ffff::1"), ("::/0", "2001:db8::"),
        ("2001:db8::/65", "2001:db8::7fff:0:0:1"), ("2001:db8::1/128", "2001:db8::1"),
        ("::ffff:192.0.2.0/120", "::ffff:192.0.2.77"),
    ])
    func `an address with the same leading bits lies in it`(text: String, address: String) throws {
        let network = try #require(NetworkPrefix(text: text))
        #expect(network.contains(try #require(Backend.Address(text: address))))
    }

    @Test(arguments: [
        ("10.4.0.0/16", "10.5.0.0"), ("192.0.2.7/32", "192.0.2.6"), ("fd00:4::/32", "fd00:5::1"),
        ("2001:db8::/65", "2001:db8::8000:0:0:1"), ("2001:db8::1/128", "2001:db8::2"),
        // Of two kinds, whatever their bits are.
        ("0.0.0.0/0", "::"), ("::/0", "192.0.2.1"), ("192.0.2.0/24", "::ffff:192.0.2.1"),
        ("0.0.0.0/0", "catalogue.internal"), ("::/0", "unix:/run/b.sock"),
    ])
    func `another address, a name and a socket do not`(text: String, address: String) throws {
        let network = try #require(NetworkPrefix(text: text))
        #expect(!network.contains(try #require(Backend.Address(text: address))))
    }

    @Test func `another spelling is another network`() {
        #expect(NetworkPrefix(text: "fd00::/8") != NetworkPrefix(text: "FD00::/8"))
        #expect(NetworkPrefix(text: "fd00::/8") == NetworkPrefix(text: "fd00::/8"))
    }

    @Test func `a backend has its keepers and networks as written`() throws {
        let yaml = """
            {kind: Backend, name: b, endpoints: [{address: 10.4.0.7, port: 80}], keepers: [7, 3], \
            networks: [10.4.0.0/16, "fd00:4::/32"]}
            """
        let proposed = try ProposedDocument(validating: #require(values(yaml).first))
        guard case .backend(let backend) = proposed.document else {
            Issue.record("not a backend")
            return
        }
        #expect(backend.keepers == [7, 3])
        #expect(backend.networks.map(\.text) == ["10.4.0.0/16", "fd00:4::/32"])
        #expect(proposed.bodyMember("keepers") == [7, 3])
        #expect(proposed.bodyMember("protocol") == nil)
    }

    @Test func `the body of Kubernetes' spelling is its spec`() throws {
        let yaml = """
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r}, \
            spec: {hostnames: [a.example.org], rules: [{}]}}
            """
        let proposed = try ProposedDocument(validating: #require(values(yaml).first))
        #expect(proposed.bodyMember("hostnames") == ["a.example.org"])
        #expect(proposed.bodyMember("metadata") == nil)
    }

    @Test func `endpoints alone are read as a backend has them`() throws {
        let value = try #require(
            try values("[{address: 10.4.0.7, port: 80}, {address: 'fd00::1', port: 81}]").first)
        let endpoints = try Backend.endpoints(reading: value)
        #expect(endpoints.map(\.port) == [80, 81])
        #expect(endpoints.map(\.weight) == [1, 1])
    }

    @Test(arguments: [
        ("{}", "", "an object stands here"), ("[]", "", "no endpoints"),
        ("[{address: a, port: 1}, {address: a}]", "/1", "port is missing"),
        ("[{address: a, port: 0}]", "/0/port", "0 is out of range"),
        (
            "[{address: a, port: 1}, {address: A, port: 1}]", "/1",
            "this address and port came before"
        ),
    ])
    func `a fault in endpoints alone is placed in their array`(
        yaml: String, pointer: String, reason: String
    ) throws {
        let value = try #require(try values(yaml).first)
        let fault = #expect(throws: DocumentFault.self) {
            try Backend.endpoints(reading: value)
        }
        #expect(fault?.pointer == pointer)
        #expect(fault?.reason == reason)
    }
}
