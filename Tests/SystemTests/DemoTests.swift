import Foundation
import TestKit
import Testing

@Suite struct DemoTests {
    // ThreadSanitizer slows the program so much that votes of seconds close before they are cast.
    @Test(.enabled(if: ProcessFigures.sanitizer != "thread"))
    func `the whole story holds, from a 404 to an altered log that is refused`() async throws {
        let folder = try TemporaryFolder()
        let result = try await CommandResult.of(
            try Checkout.program(),
            [
                "demo", "--once", "--data", folder.path("demo"), "--gateway", "127.0.0.1:0",
                "--council", "127.0.0.1:0",
            ], within: .seconds(240))
        #expect(result.ending == .exited(0), "\(result.outputText)\(result.errorText)")
        #expect(result.outputText.contains("Every step held"))
        #expect(!result.output.contains(0x1B), "no colour without a terminal")
    }

    @Test func `a port in use is named`() async throws {
        let folder = try TemporaryFolder()
        let taken = try await Served.echo("taken")
        let result = try await CommandResult.of(
            try Checkout.program(),
            [
                "demo", "--once", "--data", folder.path("demo"), "--gateway", taken.address,
                "--council", "127.0.0.1:0",
            ], within: .seconds(120))
        #expect(result.ending == .exited(1))
        #expect(result.errorText.contains("\(taken.port)"))
        try await taken.stop()
    }
}
