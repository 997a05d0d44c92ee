import Testing

@testable import commonway

@Suite struct CouncilAddressTests {
    @Test(arguments: [
        ("HTTPS://GW.Example.org/", "https://gw.example.org"),
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("http://localhost:8081//", "http://localhost:8081"),
        ("https://gw.example.org:8443/council/", "https://gw.example.org:8443/council"),
        ("http://[::1]:8081", "http://[::1]:8081"),
    ])
    func `an address has one spelling`(typed: String, text: String) throws {
        #expect(try CouncilAddress(typed, allowsExposed: false).text == text)
    }

    @Test(arguments: [
        "http://gw.example.org", "http://10.0.0.1:8081", "http://127.0.0.1.example.org",
        "http://localhost.example.org", "http://127.0.0.999",
    ])
    func `plain http to another machine has to be asked for`(typed: String) throws {
        #expect(throws: Complaint.self) { try CouncilAddress(typed, allowsExposed: false) }
        #expect(throws: Never.self) { try CouncilAddress(typed, allowsExposed: true) }
    }

    @Test(arguments: [
        "gw.example.org", "ftp://gw.example.org", "http://", "", "http://ana:pw@127.0.0.1",
        "http://127.0.0.1/?token=x", "http://127.0.0.1/#x",
    ])
    func `what is no bare http address is refused as usage`(typed: String) throws {
        let complaint = try #require(throws: Complaint.self) {
            try CouncilAddress(typed, allowsExposed: true)
        }
        #expect(complaint.status == .usage)
    }
}
