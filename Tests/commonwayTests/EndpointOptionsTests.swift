import ArgumentParser
import CanonicalJSON
import TestKit
import Testing

@testable import commonway

@Suite struct EndpointOptionsTests {
    private func value(_ arguments: String...) throws -> JSONValue {
        try EndpointOptions.parse(arguments).value(of: ["spec": ["endpoints": Self.ratified]])
    }

    private static let ratified: JSONValue = [["address": "127.0.0.1", "port": 9]]

    @Test(arguments: [
        ("10.0.0.7:80", #"[{"address":"10.0.0.7","port":80}]"#),
        ("10.0.0.7:80=3", #"[{"address":"10.0.0.7","port":80,"weight":3}]"#),
        ("[fd00::7]:80=0", #"[{"address":"fd00::7","port":80,"weight":0}]"#),
    ])
    func `an endpoint is typed as address, port and weight`(
        typed: String, expected: String
    ) throws {
        #expect(try value("--endpoint", typed).canonicalText == expected)
    }

    @Test(arguments: [
        "10.0.0.7", "10.0.0.7:", "10.0.0.7:http", "10.0.0.7:80=", "10.0.0.7:80=x", "10.0.0.7:0",
        "10.0.0.7:65536", ":80", "10.0.0.7:80=-1", "010.0.0.7:80", "", "=", "[]:80",
        "fd00::7:80", "unix:/run/x",
    ])
    func `anything else is named, and nothing is signed`(typed: String) throws {
        let complaint = try #require(throws: Complaint.self) {
            try value("--endpoint", typed)
        }
        #expect(complaint.status == .usage)
    }

    @Test func `an address that comes twice is refused`() throws {
        let complaint = try #require(throws: Complaint.self) {
            try value("--endpoint", "10.0.0.7:80", "--endpoint", "10.0.0.7:80=2")
        }
        #expect(complaint.what.contains("came before"))
    }

    @Test func `those ratified are the document's, in either spelling`() throws {
        #expect(try value("--ratified") == Self.ratified)
    }

    @Test(arguments: [
        ("list.json", #"[{"address":"10.0.0.7","port":80}]"#),
        ("list.yaml", "- {address: 10.0.0.7, port: 80}\n"),
        ("part.yaml", "endpoints:\n  - {address: 10.0.0.7, port: 80}\n"),
        (
            "spec.json",
            #"{"kind":"Backend","spec":{"endpoints":[{"address":"10.0.0.7","port":80}]}}"#
        ),
    ])
    func `a file has the list, or a document that has it`(name: String, text: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(text, to: name)
        #expect(try value("-f", file) == [["address": "10.0.0.7", "port": 80]])
    }
}
