import Foundation
import Testing

@testable import TestKit

@Suite struct ProgramTests {
    @Test func `a command's status and both of its streams are kept apart`() async throws {
        let result = try await CommandResult.of(
            "sh", ["-c", "echo out; echo err >&2; exit 3"])
        #expect(result.ending == .exited(3))
        #expect(result.outputText == "out\n")
        #expect(result.errorText == "err\n")
    }

    @Test func `a signal is told from a status`() async throws {
        let result = try await CommandResult.of("sh", ["-c", "kill -TERM $$"])
        #expect(result.ending == .killed(signal: 15))
    }

    @Test func `a program is started with no signal held back`() async throws {
        let result = try await CommandResult.of("grep", ["SigBlk", "/proc/self/status"])
        #expect(result.outputText == "SigBlk:\t0000000000000000\n")
    }

    @Test func `more output than a pipe holds arrives whole`() async throws {
        let result = try await CommandResult.of("head", ["-c", "1000000", "/dev/zero"])
        #expect(result.output.count == 1_000_000)
    }

    @Test func `environment, folder and input are the child's`() async throws {
        let folder = try TemporaryFolder()
        let input = try folder.write("in", to: "input")
        let result = try await CommandResult.of(
            "sh", ["-c", "printf '%s ' \"$COLOUR\"; cat; printf ' '; pwd -P"],
            environment: ["COLOUR": "green"], folder: folder.url, inputFile: input)
        #expect(
            result.outputText == "green in \(folder.url.resolvingSymlinksInPath().path)\n")
    }

    @Test func `a command that does not end is killed and reported with its words`() async throws {
        let fault = await #expect(throws: ProgramFault.self) {
            try await CommandResult.of(
                "sh", ["-c", "echo begun; exec sleep 600"], within: .milliseconds(300))
        }
        #expect(fault?.description.contains("did not end within") == true)
    }

    @Test func `a program that is not there is reported by name`() {
        let fault = #expect(throws: ProgramFault.self) { try RunningProgram("/nowhere/program") }
        #expect(fault?.description.contains("/nowhere/program could not be started") == true)
    }

    @Test func `a line is waited for while the program runs`() async throws {
        let program = try RunningProgram(
            "sh", ["-c", "sleep 0.1; echo listening on 127.0.0.1:4711; exec sleep 600"])
        let line = try await program.output.line(containing: "listening on ")
        #expect(line == "listening on 127.0.0.1:4711")
        program.send(15)
        #expect(try await program.ending() == .killed(signal: 15))
    }

    @Test func `a line that will not come is reported with what came instead`() async throws {
        let program = try RunningProgram("echo", ["something else"])
        let fault = await #expect(throws: ProgramFault.self) {
            try await program.output.line(containing: "listening")
        }
        #expect(fault?.description.contains("something else") == true)
    }

    @Test func `the program goes with the last reference to it`() async throws {
        var program: RunningProgram? = try RunningProgram("sleep", ["600"])
        let output = try #require(program?.output)
        program = nil
        #expect(await output.isComplete(within: .seconds(10)))
    }

    @Test(arguments: [("a\nlisten", nil), ("listen x\n", "listen x"), ("", nil)])
    func `a line counts once its line feed is there`(text: String, line: String?) {
        #expect(Transcript.line(containing: "listen", in: Array(text.utf8)) == line)
    }
}
