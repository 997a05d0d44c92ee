import ArgumentParser
import Foundation
import Proxy
import Reactor
import TestKit
import Testing

@testable import commonway

/// What an operator says on the command line, and what becomes of it.
@Suite struct GatewayOptionsTests {
    private func configuration(_ arguments: String...) throws -> GatewayConfiguration {
        try GatewayOptions.parse(arguments).configuration(
            stateFolder: URL(fileURLWithPath: "/state"))
    }

    @Test(
        arguments: [
            ("10s", 10_000), ("500ms", 500), ("1h30m", 5_400_000), ("30d", 2_592_000_000),
            ("1s500ms", 1_500),
        ] as [(String, Int64)])
    func `times are the Gateway API's durations`(_ text: String, _ milliseconds: Int64) {
        #expect(TimeSpan(argument: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: ["", "10", "s", "10 s", "-1s", "1.5s", "31d", "0s", "99999999999999999999s"])
    func `what is no time is refused`(_ text: String) {
        #expect(TimeSpan(argument: text) == nil)
    }

    @Test func `without options the defaults hold`() throws {
        let found = try configuration()
        #expect(found.listeners.map(\.address.description) == ["127.0.0.1:8080"])
        #expect(found.admin?.description == "unix:/state/admin.sock")
        #expect(found.timeouts.headMs == GatewayTimeouts().headMs)
        #expect(found.timeouts.paceOctetsMin == GatewayTimeouts().paceOctetsMin)
        #expect(found.limits.requestHead == GatewayLimits().requestHead)
        #expect(found.limits.bodyOctetsMax == nil)
    }

    @Test func `listeners are addresses or paths, with a PROXY header or without`() throws {
        let found = try configuration(
            "--gateway", "127.0.0.1:1,proxy-protocol", "--gateway", "unix:/run/gw", "--gateway",
            "[::]:0")
        #expect(found.listeners.map(\.expectsProxyHeader) == [true, false, false])
        #expect(
            found.listeners.map(\.address.description) == ["127.0.0.1:1", "unix:/run/gw", "[::]:0"])
    }

    @Test(arguments: [
        ["--gateway", "8080"], ["--gateway", "127.0.0.1:1,http2"], ["--gateway", "unix:"],
        ["--admin", "0.0.0.0:9000"], ["--admin", "192.0.2.1:9000"], ["--trust", "10.0.0.1/8"],
        ["--max-head", "127"], ["--max-fields", "101"], ["--max-request-line", "63"],
        ["--max-connections", "0"],
    ])
    func `what cannot be is refused and named`(_ arguments: [String]) throws {
        let options = try GatewayOptions.parse(arguments)
        let complaint = #expect(throws: Complaint.self) {
            _ = try options.configuration(stateFolder: URL(fileURLWithPath: "/state"))
        }
        #expect(complaint?.place == arguments[0])
        #expect(complaint?.status == .usage)
    }

    @Test func `what is passed on to a child says the same`() throws {
        let arguments = [
            "--gateway", "127.0.0.1:1,proxy-protocol", "--gateway", "unix:/run/gw", "--admin",
            "none", "--loops", "3", "--trust", "10.0.0.0/8", "--keep-underscore-names",
            "--max-body", "5", "--max-head", "1000", "--max-request-line", "900", "--max-fields",
            "7", "--max-connections", "11", "--max-connections-per-address", "2",
            "--head-timeout", "1500ms", "--keep-alive", "2s", "--min-rate", "9",
            "--connect-timeout", "3s", "--response-timeout", "4s", "--silence-timeout", "5s",
            "--tunnel-timeout", "6s", "--stop-timeout", "7s", "--drain", "8s", "--access-log",
            "-", "--access-log-clients", "none", "--access-log-query", "--access-log-keep", "9",
            "--log-level", "error",
        ]
        let options = try GatewayOptions.parse(arguments)
        let passed = options.arguments(bound: nil)
        #expect(Set(passed) == Set(arguments))
        #expect(try GatewayOptions.parse(passed).arguments(bound: nil) == passed)
        #expect(
            options.arguments(bound: ["127.0.0.1:9"]).prefix(2) == ["--gateway", "127.0.0.1:9"])
    }
}

/// The file of the access log over days.
@Suite struct AccessLogFileTests {
    private func append(_ text: String, to file: inout AccessLogFile, at instant: Date) throws {
        let octets = Array(text.utf8)
        try FileOutput.write(octets.span, to: try file.descriptor(now: instant))
    }

    private let noon = Date(timeIntervalSince1970: 1_772_366_400)

    private func day(_ text: String) throws -> Date {
        try Date("2026-03-\(text)T12:00:00Z", strategy: .iso8601)
    }

    @Test func `a day's lines are put aside at midnight, and old days are deleted`() throws {
        let folder = try TemporaryFolder()
        var file = try AccessLogFile(folder.path("a.log"), keepDays: 2, now: day("01"))
        for number in ["01", "02", "03", "04", "05"] {
            try append("\(number)\n", to: &file, at: day(number))
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.sorted() == ["a.log", "a.log.2026-03-03", "a.log.2026-03-04"])
        let text = try String(contentsOfFile: folder.path("a.log.2026-03-04"), encoding: .utf8)
        #expect(text == "04\n")
    }

    @Test func `only the owner may read it, and what was there stays`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a.log")
        var first = try AccessLogFile(path, keepDays: 2, now: noon)
        try append("1\n", to: &first, at: noon)
        try FileManager.default.setAttributes([.modificationDate: noon], ofItemAtPath: path)
        var second = try AccessLogFile(path, keepDays: 2, now: noon)
        try append("2\n", to: &second, at: noon)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "1\n2\n")
    }

    @Test func `after somebody moved it, it is opened anew when asked to`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a.log")
        var file = try AccessLogFile(path, keepDays: 2, now: noon)
        try append("1\n", to: &file, at: noon)
        try FileManager.default.moveItem(atPath: path, toPath: folder.path("moved"))
        try file.reopen()
        try append("2\n", to: &file, at: noon)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "2\n")
    }

    @Test func `where it cannot be written that is said at once`() throws {
        #expect(throws: Complaint.self) {
            _ = try AccessLogFile("/nowhere/a.log", keepDays: 2, now: noon)
        }
    }
}
