import CanonicalJSON
import Foundation
import TestKit
import Testing

@testable import commonway

@Suite struct ClientFolderTests {
    private let folder = try? TemporaryFolder()

    private func membership(_ council: String) throws -> Membership {
        let card: JSONValue = ["constituted": "c", "key": "k", "origin": "o", "v": 1]
        let session: JSONValue = [
            "expires": 99, "handle": "ana", "member": 1, "token": "secret",
        ]
        return Membership(
            council: council, card: try #require(PinnedCard(card)),
            session: try #require(Session(session)), keyPath: "/k",
            head: LogHead(size: 4, root: "r"))
    }

    @Test func `what is saved comes back, and the council was the last one used`() throws {
        let clients = ClientFolder(typed: try #require(folder).path("c"))
        let address = try CouncilAddress("http://127.0.0.1:8081/", allowsExposed: false)
        let saved = try membership(address.text)
        try clients.save(saved, at: address)
        #expect(try clients.membership(at: address)?.value == saved.value)
        #expect(try clients.lastUsed() == "http://127.0.0.1:8081")
    }

    @Test func `only its owner can read a token, or enter the folder`() throws {
        let clients = ClientFolder(typed: try #require(folder).path("c"))
        let address = try CouncilAddress("https://gw.example.org", allowsExposed: false)
        try clients.save(try membership(address.text), at: address)
        let modes = try [clients.file(of: address), clients.path, clients.path + "/councils"].map {
            try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
        }
        #expect(modes == [0o600, 0o700, 0o700])
    }

    @Test func `a council without a file is one without a login`() throws {
        let clients = ClientFolder(typed: try #require(folder).path("nothing"))
        let address = try CouncilAddress("https://gw.example.org", allowsExposed: false)
        #expect(try clients.membership(at: address) == nil)
        #expect(try clients.lastUsed() == nil)
    }

    @Test func `a file of something else is named, not overwritten`() throws {
        let clients = ClientFolder(typed: try #require(folder).path("c"))
        let address = try CouncilAddress("https://gw.example.org", allowsExposed: false)
        try clients.save(try membership("https://other.example"), at: address)
        let complaint = try #require(throws: Complaint.self) {
            try clients.membership(at: address)
        }
        #expect(complaint.place == clients.file(of: address))
    }
}
