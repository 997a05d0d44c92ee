import ArgumentParser
import Foundation
import ServiceLifecycle

/// `commonway demo`: a community of three, from its founding to a served request.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Found a demonstration community and watch it decide.",
        discussion: """
            Starts a council, a gateway and two sample backends, founds a community of three whose \
            charter is marked demo (periods of seconds), and plays one proposal after the other \
            through the same commands that members use. Then it stays up until Ctrl-C.
            """)

    @Option(
        help: ArgumentHelp(
            "Where to keep it; new or empty (default: a temporary folder).", valueName: "folder"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "Where the gateway listens; port 0 takes a free one.", valueName: "address:port"))
    var gateway = "127.0.0.1:8080"

    @Option(
        help: ArgumentHelp(
            "Where the council listens; port 0 takes a free one.", valueName: "address:port"))
    var council = "127.0.0.1:8081"

    @Flag(help: "Stop after the story; exit status 0 only if every step held.")
    var once = false

    func run() async throws {
        let folder = DataFolder(data ?? Self.temporaryFolder())
        let stage = try await DemoStage.set(folder: folder, gateway: gateway, council: council)
        do {
            var story = DemoStory(stage: stage)
            try await story.play()
            try stage.sayWhatToOpen(stays: !once)
            if !once { try await Lifetime.run(supervised: false, [UntilStopped(stage: stage)]) }
        } catch {
            await stage.clear()
            throw error
        }
        await stage.clear()
    }

    private static func temporaryFolder() -> String {
        FileManager.default.temporaryDirectory
            .appendingPathComponent("commonway-demo-\(ProcessInfo.processInfo.processIdentifier)")
            .path
    }
}

/// Waits for the signal that ends the program, or for the end of what it shows.
private struct UntilStopped: Service {
    let stage: DemoStage

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            let status = await stage.serve.status()
            guard !Task.isCancelled else { return }
            throw Complaint.refused("council and gateway ended (status \(status))")
        }
    }
}
