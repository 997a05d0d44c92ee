import CanonicalJSON
import Foundation
import Governance
import TestKit
import Testing

/// The log's page of a community with witnesses: council and witnesses are processes of their own.
@Suite(.enabled(if: Browser.isInstalled, "chromium and chromium-driver are not installed"))
struct `The witnesses in a real browser` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Runs a command of the program that must do what it is asked.
    @discardableResult
    private func did(_ arguments: String...) async throws -> String {
        let result = try await CommandResult.of(
            try Checkout.program(), arguments,
            environment: ["COMMONWAY_CONFIG": folder.path("config")])
        try #require(result.ending == .exited(0), "\(result.errorText)")
        return String(result.outputText.dropLast())
    }

    /// Founds a community of one member whose card names two witnesses.
    private func found() async throws {
        try folder.write(Charter.demonstration.canonicalOctets, to: "charter.json")
        try await did("key", "new", folder.path("key"))
        var keys: [String] = []
        for name in ["w1", "w2"] {
            let key = try await did(
                "witness", "key", "--data", folder.path(name), "--name", "\(name).example")
            keys.append(key)
        }
        try await did(
            "init", "--data", folder.path("data"), "--origin", "test.example/log", "--charter",
            folder.path("charter.json"), "--founder", "ana=\(folder.path("key.pub"))",
            "--invitations", folder.path("invitations"), "--witness", keys[0], "--witness",
            keys[1], "--threshold", "2")
    }

    private func start(_ arguments: String...) async throws -> (RunningProgram, String) {
        let program = try RunningProgram(try Checkout.program(), arguments)
        let line = try await program.output.line(containing: "http://")
        let words = line.split(separator: " ").first { $0.hasPrefix("http://") }
        return (program, String(try #require(words)))
    }

    private func witness(_ name: String) async throws -> (RunningProgram, String) {
        try await start(
            "witness", "--data", folder.path(name), "--listen", "127.0.0.1:0", "--community",
            folder.path("data/community.json"))
    }

    @Test func `the log's page shows the policy, how far each witness is, and what waits`()
        async throws
    {
        try await found()
        let (first, firstAddress) = try await witness("w1")
        let (second, secondAddress) = try await witness("w2")
        second.send(SIGSTOP)
        let (council, address) = try await start(
            "council", "--data", folder.path("data"), "--council", "127.0.0.1:0",
            "--password-cost", "19/2/1", "--witness", firstAddress, "--witness", secondAddress)
        try await wait(for: firstCosigned, below: waiting, at: address)
        try await Browser.opened { browser in
            try await browser.narrow(to: 320)
            try await browser.open("\(address)/#/log")
            try await browser.wait(forWords: "Nothing is published yet.")
            try await browser.wait(forWords: "2 of 2 must cosign.")
            try await browser.wait(
                forWords: "A newer checkpoint waits: 3 entries, cosigned by 1: w1.example.")
            #expect(try await rows(browser) == ["w1.example 3", "w2.example nothing yet"])
            second.send(SIGCONT)
            try await browser.wait(
                forWords: "Published: 3 entries, cosigned by 2: w1.example, w2.example.")
            try await browser.wait(forWords: "No newer checkpoint waits for them.")
            #expect(try await rows(browser) == ["w1.example 3", "w2.example 3"])

            second.send(SIGKILL)
            _ = try await second.ending()
            try folder.write("a long enough password\n", to: "password")
            try await did(
                "login", "--council", address, "--member", "ana", "--key", folder.path("key"),
                "--password-file", folder.path("password"), "--invitation-file",
                folder.path("invitations/ana.invitation"))
            // Her join, and the day's first `state`.
            try await wait(for: firstCosigned, below: waiting, at: address)
            try await browser.open("about:blank")
            try await browser.open("\(address)/#/log")
            try await browser.wait(
                forWords: "A newer checkpoint waits: 5 entries, cosigned by 1: w1.example.")
            #expect(try await rows(browser) == ["w1.example 5", "w2.example 3"])
            #expect(try await browser.text("document.documentElement.scrollWidth") == "320")
            let complaints = try await browser.complaints()
            // Nobody is logged in; and nothing was published at first.
            #expect(complaints.filter { !$0.contains("401") && !$0.contains("404") } == [])
        }
        for program in [council, first] { program.send(SIGTERM) }
        for program in [council, first] { _ = try await program.ending() }
    }

    private let waiting = "\"waiting\":"
    private let firstCosigned = "\"cosigned\":[{\"name\":\"w1.example\""

    /// Waits until the council's report of its witnesses holds some words, below others.
    private func wait(for words: String, below: String, at address: String) async throws {
        let reached = try await Eventually.value(within: .seconds(30)) { () -> Bool? in
            let report = try await CommandResult.of("curl", ["-s", "\(address)/api/v1/witnesses"])
            let parts = report.outputText.components(separatedBy: below)
            return parts.count > 1 && parts.last?.contains(words) == true ? true : nil
        }
        #expect(reached == true, "\(words)")
    }

    /// Name and size of each row of the table.
    private func rows(_ browser: Browser) async throws -> [String] {
        let text = try await browser.text(
            """
            [...[...document.querySelectorAll('table')]
                .find((one) => one.caption.innerText.startsWith('Last cosigned')).tBodies[0].rows]
                .map((row) => [...row.cells].slice(0, 2).map((cell) => cell.textContent).join(' '))
                .join('|')
            """)
        return text.split(separator: "|").map(String.init)
    }
}
