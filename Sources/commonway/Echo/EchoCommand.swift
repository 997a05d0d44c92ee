import ArgumentParser

/// `commonway echo`: a backend for trying things.
struct EchoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "echo", abstract: "Run a small HTTP backend that says what it received.",
        discussion: """
            Prints the address that it is bound to as its first line. Answers with JSON: its name, \
            method, target, host, headers, and the octets and SHA-256 of the body. A request may \
            ask for something else by its query: ?status=503, ?delay=200ms, ?size=1000000 (a body \
            of so many octets, each block of 4,096 beginning with its own offset), ?mirror=1 (the \
            request's body comes back as it arrives).
            """)

    @Option(
        help: ArgumentHelp("Where to listen; port 0 takes a free one.", valueName: "address:port"))
    var listen: String?

    @Option(help: ArgumentHelp("Listen on a Unix-domain socket instead.", valueName: "path"))
    var unix: String?

    @Option(help: "The name in answers.")
    var name = "echo"

    @Option(help: "The status of every answer, 200…599.")
    var status = 200

    @Option(help: "How long to wait before every answer, such as 200ms, 2s or 1m.")
    var delay = "0ms"

    @Option(help: "Answer with a body of so many octets instead of JSON.")
    var size: Int64?

    func validate() throws {
        if listen != nil && unix != nil {
            throw ValidationError("give --listen or --unix, not both")
        }
        do throws(EchoFault) {
            _ = try defaults()
            _ = try place()
        } catch {
            throw ValidationError(error.description)
        }
    }

    func run() async throws {
        let server = EchoServer(name: name, defaults: try defaults())
        try await server.run(at: try place()) { bound throws(Complaint) in
            try Output.data(bound)
            Output.words("\(name) answers at \(bound); Ctrl-C ends it")
        }
    }

    private func place() throws(EchoFault) -> EchoPlace {
        if let unix { return .unix(LocalFile.expanded(unix)) }
        return try EchoPlace(listen ?? "127.0.0.1:0")
    }

    private func defaults() throws(EchoFault) -> EchoWish {
        var wish = EchoWish()
        try wish.set("status", to: "\(status)")
        try wish.set("delay", to: delay)
        if let size { try wish.set("size", to: "\(size)") }
        return wish
    }
}
