import CanonicalJSON
import Foundation
import Governance
import TestKit
import Testing

/// The gateway's process: replaced under load, looked at, told of.
@Suite struct GatewayProcessTests {
    private func gateway(
        _ log: ForgedLog, at address: String = "127.0.0.1:0", _ more: String...
    ) async throws -> Served {
        try await Served.gateway(
            log: log.path, card: log.card, state: log.state, at: address,
            more + ["--poll", "20"])
    }

    @Test func `a successor under load: no request fails, and tunnels go on where they are`()
        async throws
    {
        let (backend, port) = try await Traffic.backend()
        var log = try ForgedLog(Samples.library(port: port))
        var current = try await gateway(log)
        _ = try await current.program.errors.line(containing: "serving")
        let load = try await Traffic.start(
            "clients", "\(current.port)", Traffic.host, "8", until: "running")
        for round in 1...3 {
            let tunnel = try await Traffic.start(
                "tunnel", "\(current.port)", Traffic.host, until: "open")
            let next = try await gateway(log, at: current.address, "--take-over")
            #expect(next.address == current.address)
            _ = try await current.program.errors.line(containing: "a successor serves")
            // The former one follows the log as long as it answers anybody.
            try log.enact([Samples.route("library\(round)", host: Traffic.host, to: "catalogue")])
            try await Task.sleep(for: .milliseconds(300))
            let echoes = try await Traffic.end(tunnel)
            #expect(echoes.contains(" echoes") && !echoes.contains("broken"), "\(echoes)")
            #expect(try await current.program.ending(within: .seconds(90)) == .exited(0))
            current = next
        }
        let text = try await Traffic.end(load).split(separator: "\n").last ?? ""
        let result = try JSONValue(parsing: Array(text.utf8), form: .relaxed)
        #expect(result["failures"]?.array == [], "\(result.canonicalText)")
        #expect(try #require(result["requests"]?.integer) > 1000)
        try await current.stop()
        backend.send(SIGTERM)
    }

    @Test func `serve replaces its gateway at SIGHUP`() async throws {
        let community = try await Community(charter: Charter.demonstration)
        let serve = try RunningProgram(
            try Checkout.program(),
            [
                "serve", "--data", community.data.path, "--gateway", "127.0.0.1:0", "--council",
                "127.0.0.1:0", "--password-cost", Community.passwordCost,
            ])
        let council = try await serve.output.line(containing: "council http://")
        _ = try await Citizen.joinAll(
            community,
            at: String(council.split(separator: " ")[1]).replacing("http://", with: ""))
        let first = try await serve.output.line(containing: "gateway http://")
        _ = try await serve.errors.line(containing: "serving")
        let words = first.split(separator: " ")
        let address = String(words[1]).replacing("http://", with: "")
        let load = try await Traffic.start(
            "clients", String(address.split(separator: ":")[1]), "nobody.example", "2",
            until: "running")
        serve.send(SIGHUP)
        _ = try await serve.errors.line(containing: "a new gateway takes over")
        let second = try await Eventually.value(within: .seconds(60)) { () -> String? in
            let lines = serve.output.text.split(separator: "\n").filter {
                $0.contains("gateway http://")
            }
            return lines.count == 2 ? String(lines[1]) : nil
        }
        let replaced = try #require(second).split(separator: " ")
        #expect(replaced[1] == words[1])
        #expect(replaced[2] != words[2])
        // Every answer is a 404: none is a broken connection.
        let result = try await Traffic.end(load)
        #expect(!result.contains("Error"), "\(result)")
        serve.send(SIGTERM)
        #expect(try await serve.ending(within: .seconds(60)) == .exited(0))
    }

    @Test func `what passed is told: metrics, health, and the access log`() async throws {
        let (backend, port) = try await Traffic.backend()
        let log = try ForgedLog(Samples.library(port: port))
        let file = log.folder.path("access.log")
        let served = try await gateway(
            log, "--access-log", file, "--access-log-clients", "whole")
        _ = try await served.program.errors.line(containing: "serving")
        for _ in 0..<10 { #expect(try await answeredStatus(served, Traffic.host) == 200) }
        #expect(try await answeredStatus(served, "other.example") == 404)
        let curl = try await CommandResult.of(
            "curl",
            [
                "-sS", "--unix-socket", log.state + "/admin.sock", "http://localhost/metrics",
                "http://localhost/readyz",
            ])
        #expect(curl.outputText.contains("commonway_responses_total{status=\"2xx\"} 10\n"))
        #expect(curl.outputText.contains("commonway_failures_total{kind=\"no-route\"} 1\n"))
        #expect(curl.outputText.hasSuffix("ready\n"))
        try await served.stop()
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 11)
        #expect(
            lines.allSatisfy { $0.contains("\"client\":\"127.0.0.1\",\"method\":\"GET\"") })
        #expect(lines.filter { $0.contains("\"route\":\"library/#1\"") }.count == 10)
        // Each loop's lines are in order; those of two loops need not be.
        #expect(lines.filter { $0.contains("\"error\":\"no-route\"") }.count == 1)
        #expect(!FileManager.default.fileExists(atPath: log.state + "/admin.sock"))
        #expect(!FileManager.default.fileExists(atPath: log.state + "/hand-over.sock"))
        backend.send(SIGTERM)
    }

    @Test func `without descriptors accepting pauses, says so, and recovers`() async throws {
        let (backend, port) = try await Traffic.backend()
        let log = try ForgedLog(Samples.library(port: port))
        let program = try RunningProgram(
            "bash",
            [
                "-c", "ulimit -n 64; exec \"$@\"", "bash", try Checkout.program(), "gateway",
                "--log", log.path, "--community", log.card, "--state", log.state, "--gateway",
                "127.0.0.1:0", "--loops", "1", "--admin", "none",
            ])
        let line = try await program.output.line(containing: "gateway http://")
        _ = try await program.errors.line(containing: "serving")
        let address = String(line.split(separator: " ")[1]).replacing("http://", with: "")
        let load = try await Traffic.start(
            "clients", String(address.split(separator: ":")[1]), Traffic.host, "200",
            until: "running")
        try await Task.sleep(for: .seconds(2))
        load.send(SIGKILL)
        let api = APIClient(address)
        // Until the ended connections are read, a request may still find no descriptor: 503.
        var status = 0
        for _ in 0..<100 where status != 200 {
            status = try await api.send("GET", "/", fields: ["Host": Traffic.host]).status
            if status != 200 { try await Task.sleep(for: .milliseconds(100)) }
        }
        #expect(status == 200)
        program.send(SIGTERM)
        #expect(try await program.ending(within: .seconds(60)) == .exited(0))
        backend.send(SIGTERM)
    }

    @Test func `a thousand slow clients end by their times, and the others are served`()
        async throws
    {
        let (backend, port) = try await Traffic.backend()
        let log = try ForgedLog(Samples.library(port: port))
        let served = try await gateway(log, "--head-timeout", "4s", "--min-rate", "1024")
        _ = try await served.program.errors.line(containing: "serving")
        let before = try ProcessFigures.residentKiB(served.program.id)
        let load = try await Traffic.start(
            "clients", "\(served.port)", Traffic.host, "4", until: "running")
        let slow = try await Traffic.start(
            "slow", "\(served.port)", Traffic.host, "999", until: "running")
        let peak = try ProcessFigures.residentKiB(served.program.id)
        #expect(try await slow.ending(within: .seconds(90)) == .exited(0))
        let text = slow.output.text.split(separator: "\n").last ?? ""
        let ended = try JSONValue(parsing: Array(text.utf8), form: .relaxed)
        for kind in ["head", "body", "reader"] {
            #expect(ended[kind]?.array?.first?.integer == 333, "\(text)")
        }
        // Buffers of the slow, no more: a head or body of some octets takes 8 KiB, a response that
        // nobody reads 80, and what a large body was read into.
        #expect(
            peak - before < 64 * 1024 || ProcessFigures.areOfSanitizer,
            "from \(before) to \(peak) KiB")
        let result = try await Traffic.end(load)
        #expect(result.contains("\"failures\": []"), "\(result)")
        try await served.stop()
        backend.send(SIGTERM)
    }

    @Test func `one of two endpoints dies under load, and no GET fails`() async throws {
        let (first, firstPort) = try await Traffic.backend()
        let (second, secondPort) = try await Traffic.backend()
        let log = try ForgedLog([
            [
                "op": "apply",
                "document": [
                    "kind": "Backend", "name": "catalogue",
                    "endpoints": [
                        ["address": "127.0.0.1", "port": .integer(firstPort)],
                        ["address": "127.0.0.1", "port": .integer(secondPort)],
                    ],
                ],
            ], Samples.route("library", host: Traffic.host, to: "catalogue"),
        ])
        let served = try await gateway(log)
        _ = try await served.program.errors.line(containing: "serving")
        let load = try await Traffic.start(
            "clients", "\(served.port)", Traffic.host, "8", until: "running")
        try await Task.sleep(for: .seconds(1))
        first.send(SIGKILL)
        try await Task.sleep(for: .seconds(2))
        let result = try await Traffic.end(load)
        #expect(result.contains("\"failures\": []"), "\(result)")
        try await served.stop()
        second.send(SIGTERM)
    }

    @Test func `endpoints that fail leave nothing behind`() async throws {
        let (backend, port) = try await Traffic.backend()
        let log = try ForgedLog(Samples.library(port: port))
        let served = try await gateway(log)
        _ = try await served.program.errors.line(containing: "serving")
        // What the first requests bring is there to stay: buffers, the loops' own storage.
        _ = try await failures(served, 200)
        let files = try ProcessFigures.descriptors(served.program.id)
        let before = try ProcessFigures.residentKiB(served.program.id)
        let seen = try await failures(served, 2_000)
        let statuses = ["/closed": "503", "/reset": "503", "/garbage": "502", "/cut": "200 cut"]
        for (path, status) in statuses {
            #expect(seen[path]?[status]?.integer == 2_000, "\(seen.canonicalText)")
        }
        #expect(try #require(seen["/early"]?["403"]?.integer) > 1_900, "\(seen.canonicalText)")
        let growth = try ProcessFigures.residentKiB(served.program.id) - before
        #expect(growth < 2 * 1024 || ProcessFigures.areOfSanitizer)
        let same = try await Eventually.value(within: .seconds(10)) {
            try? ProcessFigures.descriptors(served.program.id) <= files ? true : nil
        }
        #expect(same == true)
        try await served.stop()
        backend.send(SIGTERM)
    }

    private func failures(_ served: Served, _ count: Int) async throws -> JSONValue {
        let clients = try await Traffic.start(
            "failures", "\(served.port)", Traffic.host, "\(count)", until: "{")
        _ = try await clients.ending(within: .seconds(60))
        return try JSONValue(parsing: Array(clients.output.text.utf8), form: .relaxed)
    }
}
