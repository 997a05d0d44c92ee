import SSHSignature
import TestKit

/// A member at a terminal of their own: a folder to remember councils in.
struct Person {
    let community: Community
    let name: String
    let key: PrivateKey
    /// Of their machine, where it is not the real one.
    let clock: SetClock?

    /// A founder, by number.
    init(community: Community, number: Int, clock: SetClock? = nil) {
        self.community = community
        self.clock = clock
        name = community.names[number - 1]
        key = community.keys[number - 1]
    }

    /// Somebody who is no member yet.
    init(
        community: Community, newcomer name: String, key: PrivateKey, clock: SetClock? = nil
    ) {
        self.community = community
        self.clock = clock
        self.name = name
        self.key = key
    }

    /// The file with the key; made when it is not there.
    func keyFile() throws -> String {
        try community.folder.write(
            key.openSSHFile(checkInteger: 1, comment: name), to: "key-\(name)")
    }

    /// Every founder, joined at terminals of their own.
    static func joinAll(_ community: Community, _ council: Served) async throws -> [Person] {
        try await joinAll(community, at: council.address)
    }

    /// Every founder, joined at terminals of their own.
    static func joinAll(
        _ community: Community, at address: String, clock: SetClock? = nil
    ) async throws -> [Person] {
        var people: [Person] = []
        for number in 1...community.names.count {
            let person = Person(community: community, number: number, clock: clock)
            let joined = try await person.join(at: address)
            guard joined.ending == .exited(0) else { throw Failure(joined.errorText) }
            people.append(person)
        }
        return people
    }

    /// Runs a command that must do what it is asked.
    ///
    /// - Returns: Its standard output without the last line's end.
    @discardableResult
    func did(_ arguments: String...) async throws -> String {
        let result = try await run(arguments)
        guard result.ending == .exited(0) else {
            throw Failure("\(arguments.joined(separator: " ")): \(result.errorText)")
        }
        return String(result.outputText.dropLast())
    }

    private var environment: [String: String] {
        ["COMMONWAY_CONFIG": community.path("config-\(name)")]
    }

    func run(_ arguments: String...) async throws -> CommandResult { try await run(arguments) }

    /// Runs a command.
    func run(_ arguments: [String]) async throws -> CommandResult {
        if let clock { return try await clock.run(arguments, environment: environment) }
        return try await CommandResult.of(
            try Checkout.program(), arguments, environment: environment)
    }

    /// Logs in with the invitation and this member's key.
    func join(_ council: Served) async throws -> CommandResult {
        try await join(at: council.address)
    }

    /// Logs in with the invitation and this member's key.
    func join(at address: String) async throws -> CommandResult {
        try await login(
            at: address, "--invitation-file", community.path("invitations/\(name).invitation"))
    }

    /// Logs in.
    func login(at address: String, _ more: String...) async throws -> CommandResult {
        let password = try community.folder.write(Community.password, to: "password")
        return try await run(
            [
                "login", "--council", "http://\(address)", "--member", name, "--key",
                try keyFile(), "--password-file", password,
            ] + more)
    }
}
