import Foundation
import Governance
import SSHSignature

/// What the demonstration plays on: a founded community, its processes, its members' folders.
struct DemoStage: Sendable {
    let folder: DataFolder
    let members: [DemoMember]
    /// `commonway serve`.
    let serve: ChildProgram
    /// The gateway's address.
    let gateway: String
    /// The council's address.
    let council: String
    /// Two sample backends and where they listen.
    let backends: [(program: ChildProgram, address: String)]

    /// The hosts' names in the samples end in this, which browsers send to this machine.
    static let host = "library.localhost"
    private static let names = ["ana", "ben", "cleo"]
    private static let backendNames = ["catalogue", "catalogue-next"]
    /// A demonstration's passwords protect seconds of play, and `make test` runs it often.
    private static let passwordCost = "19/2/1"

    /// Founds the community and starts the processes.
    ///
    /// - Throws: ``Complaint``, with a port in use named by the process that wanted it.
    static func set(
        folder: DataFolder, gateway: String, council: String
    ) async throws(Complaint) -> DemoStage {
        Output.words("the demonstration lives in \(folder.root.path)")
        let keys = try names.map { _ throws(Complaint) in try DemoMember.makeKey() }
        let founders = zip(names, keys).map { FounderList.Named(handle: $0, key: $1.publicKey) }
        let founded = try await CommunityFounding(
            folder: folder, origin: "demo.localhost/log", charter: Charter.demonstration,
            founders: founders
        ).perform()
        var members: [DemoMember] = []
        for (index, invitation) in founded.invitations.enumerated() {
            members.append(
                try DemoMember(
                    name: invitation.handle, key: keys[index], invitation: invitation.invitation,
                    in: folder.root))
        }
        var started: [ChildProgram] = []
        do {
            return try await start(folder, members, gateway, council, &started)
        } catch {
            for child in started { child.terminate() }
            throw error
        }
    }

    private static func start(
        _ folder: DataFolder, _ members: [DemoMember], _ gateway: String, _ council: String,
        _ started: inout [ChildProgram]
    ) async throws(Complaint) -> DemoStage {
        var backends: [(program: ChildProgram, address: String)] = []
        for name in backendNames {
            let child = try ChildProgram(["echo", "--listen", "127.0.0.1:0", "--name", name])
            started.append(child)
            backends.append((child, try await firstLine(of: child, name)))
        }
        let serve = try ChildProgram([
            "serve", "--supervised", "--data", folder.root.path, "--gateway", gateway,
            "--council", council, "--password-cost", passwordCost,
        ])
        started.append(serve)
        var addresses: [String: String] = [:]
        for await line in serve.lines {
            let words = line.split(separator: " ")
            guard words.count >= 2, words[1].hasPrefix("http://") else { continue }
            addresses[String(words[0])] = String(words[1].dropFirst("http://".count))
            if addresses.count == 2 { break }
        }
        guard let gateway = addresses["gateway"], let council = addresses["council"] else {
            throw .refused(
                "council or gateway did not start; the reason is above",
                next: "choose other ports with --gateway and --council; port 0 takes a free one")
        }
        return DemoStage(
            folder: folder, members: members, serve: serve, gateway: gateway, council: council,
            backends: backends)
    }

    private static func firstLine(
        of child: ChildProgram, _ name: String
    ) async throws(Complaint) -> String {
        for await line in child.lines {
            return line.replacing("http://", with: "")
        }
        throw .refused("the backend \(name) did not start")
    }

    /// Ends all processes.
    func clear() async {
        serve.terminate()
        for backend in backends { backend.program.terminate() }
        _ = await serve.status()
        for backend in backends { _ = await backend.program.status() }
    }

    /// Says what a person can try now.
    ///
    /// - Throws: ``Complaint`` when standard output is gone.
    func sayWhatToOpen(stays: Bool) throws(Complaint) {
        guard stays else { return }
        let port = gateway.split(separator: ":").last ?? ""
        try Output.data("")
        try Output.data("Open:")
        try Output.data("  http://\(Self.host):\(port)/catalogue    what was voted for")
        try Output.data("  http://\(council)/    the council: log in as ana, ben or cleo")
        for member in members {
            try Output.data("    password of \(member.name): \(member.passwordFile)")
        }
        try Output.data("Everything is in \(folder.root.path). Ctrl-C ends it.")
    }
}
