import CanonicalJSON
import Foundation
import SSHSignature
import TestKit

/// A community under the charter that ships, served by the built program, with a clock that the
/// test sets on. Instants are minutes since everybody joined.
final class Month {
    let community: Community
    let clock: SetClock
    /// Members by number from 1; the newcomer comes last.
    private(set) var people: [Person] = []
    /// Where the council is, before and after a stop.
    private(set) var address = ""
    private var serving: FakedProgram?
    private var sessions: [String: Int64] = [:]
    private let start: Int64

    private static let minuteMs: Int64 = 60_000
    /// The charter's heartbeat: what time goes on by.
    static let heartbeatMinutes: Int64 = 10
    /// A session lasts a week; one is opened anew before it is over.
    private static let sessionMinutes: Int64 = 6 * 24 * 60

    /// Founds, serves, and lets everybody join.
    init(founders: Int) async throws {
        community = try await Community(
            founders: founders,
            charterFile: Checkout.root.appendingPathComponent("governance/charter.yaml").path,
            in: try TemporaryFolder(inMemory: true))
        clock = try await SetClock(in: community.folder)
        start = clock.now
        try await serve(at: "127.0.0.1:0")
        people = try await Person.joinAll(community, at: address, clock: clock)
        for person in people { sessions[person.name] = 0 }
    }

    private func serve(at address: String) async throws {
        let program = try await clock.start([
            "serve", "--data", community.data.path, "--council", address, "--gateway",
            "127.0.0.1:0", "--password-cost", Community.passwordCost, "--clock-interval", "20",
        ])
        serving = program
        self.address = try await program.address(of: "council")
    }

    /// The gateway's address.
    func gateway() async throws -> Served {
        guard let serving else { throw Failure("nothing serves") }
        return Served(
            program: serving.wrapper, address: try await serving.address(of: "gateway"))
    }

    /// Ends council and gateway as the operator would.
    func stop() async throws {
        try await serving?.stop()
        serving = nil
    }

    /// Starts them again after a while without them.
    func serveAgain(at minute: Int64) async throws {
        let before = try size()
        try clock.set(instant(minute))
        try await serve(at: address)
        try await waitForGrowth(beyond: before)
    }

    /// The minute that it is.
    var minute: Int64 { minute(of: clock.now) }

    func instant(_ minute: Int64) -> Int64 { start + minute * Self.minuteMs }

    func minute(of instant: Int64) -> Int64 { (instant - start) / Self.minuteMs }

    /// Lets time go on by heartbeats. Something always waits for time, so at each the log grows.
    func go(to end: Int64) async throws {
        while minute < end { try await jump(to: min(minute + Self.heartbeatMinutes, end)) }
    }

    /// Lets a while be over at once.
    func jump(to minute: Int64) async throws {
        let before = try size()
        try clock.set(instant(minute))
        try await waitForGrowth(beyond: before)
    }

    private func waitForGrowth(beyond before: Int) async throws {
        let grown = try await Eventually.value(within: .seconds(30), pause: .milliseconds(1)) {
            try size() > before ? true : nil
        }
        guard grown == true else { throw Failure("no entry at minute \(minute)") }
    }

    /// The published size.
    private func size() throws -> Int {
        let file = community.log.appendingPathComponent("checkpoint")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        guard lines.count > 1, let size = Int(lines[1]) else { throw Failure("no checkpoint") }
        return size
    }

    /// A member, logged in.
    func member(_ number: Int) async throws -> Person {
        let person = people[number - 1]
        guard minute - (sessions[person.name] ?? 0) >= Self.sessionMinutes else { return person }
        let login = try await person.login(at: address)
        guard login.ending == .exited(0) else { throw Failure(login.errorText) }
        sessions[person.name] = minute
        return person
    }

    /// Somebody who was admitted opens the first session.
    func welcome(_ person: Person, application: String) async throws {
        let login = try await person.login(
            at: address, "--proof", "--application", application)
        guard login.ending == .exited(0) else { throw Failure(login.errorText) }
        people.append(person)
        sessions[person.name] = minute
    }

    /// Proposes, and has it sponsored.
    ///
    /// - Returns: The proposal's number.
    func propose(
        by member: Int, sponsors: [Int] = [], _ arguments: String...
    ) async throws -> String {
        let proposed = try await self.member(member).run(["propose", "--yes"] + arguments)
        guard proposed.ending == .exited(0) else { throw Failure(proposed.errorText) }
        let number = String(proposed.outputText.dropLast())
        for sponsor in sponsors { try await self.member(sponsor).did("sponsor", number) }
        return number
    }

    /// Votes.
    func vote(
        _ proposal: String, yes: [Int] = [], no: [Int] = [], abstain: [Int] = []
    ) async throws {
        for (choice, members) in [("yes", yes), ("no", no), ("abstain", abstain)] {
            for member in members {
                try await self.member(member).did("vote", proposal, choice)
            }
        }
    }

    /// What a call of the API answers.
    func get(_ path: String) async throws -> JSONValue {
        try await APIClient(address).call("GET", path).json
    }

    /// The whole log, verified and read by the program under the same clock.
    func entries() async throws -> [JSONValue] {
        let listed = try await clock.run([
            "audit", "log", "--against", community.log.path, "--community", community.card,
            "--json",
        ])
        guard listed.ending == .exited(0) else { throw Failure(listed.errorText) }
        return try listed.output.split(separator: UInt8(ascii: "\n")).map {
            try JSONValue(parsing: Array($0), form: .canonical)
        }
    }
}
