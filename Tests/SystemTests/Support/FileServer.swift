import Foundation
import TestKit

/// nginx as it serves static files, from a configuration of its own.
final class FileServer {
    /// Where it listens; the same after a stop.
    let address: String
    private let folder: TemporaryFolder
    private var program: RunningProgram?

    private var root: URL { folder.url.appendingPathComponent("root") }

    /// Serves a folder.
    init(_ served: URL) async throws {
        folder = try TemporaryFolder()
        // nginx does not tell which port it took, so one is looked for that was free just now.
        let echo = try await Served.echo("port")
        address = echo.address
        try await echo.stop()
        try folder.write(Self.configuration(folder.url.path, address), to: "nginx.conf")
        try await serve(served)
        try await start()
    }

    private static func configuration(_ folder: String, _ address: String) -> String {
        // One process, so that it reads a private folder, and none is left when a test fails.
        """
        master_process off;
        daemon off;
        pid \(folder)/nginx.pid;
        error_log stderr error;
        events {}
        http {
            access_log off;
            default_type text/plain;
            client_body_temp_path \(folder)/body;
            proxy_temp_path \(folder)/proxy;
            fastcgi_temp_path \(folder)/fastcgi;
            uwsgi_temp_path \(folder)/uwsgi;
            scgi_temp_path \(folder)/scgi;
            server {
                listen \(address);
                root \(folder)/root;
            }
        }
        """
    }

    /// Serves another folder from now on, as if a copy had been put in its place.
    func serve(_ served: URL) async throws {
        let new = folder.url.appendingPathComponent("new")
        try FileManager.default.createSymbolicLink(at: new, withDestinationURL: served)
        // At once, as rename(2) does it: at no moment is there nothing.
        let moved = try await CommandResult.of("mv", ["-T", new.path, root.path])
        guard moved.ending == .exited(0) else { throw Failure(moved.errorText) }
    }

    /// Starts it, at the same address as before.
    func start() async throws {
        // Debian keeps it where ordinary users do not look.
        let nginx = try RunningProgram(
            "nginx", ["-p", folder.url.path, "-e", "stderr", "-c", folder.path("nginx.conf")],
            environment: [
                "PATH": (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin"
            ])
        program = nginx
        let answers = try await Eventually.value(within: .seconds(30)) { () -> Bool? in
            (try? await APIClient(address).send("GET", "/checkpoint"))?.status == 200 ? true : nil
        }
        guard answers == true else { throw Failure("nginx: \(nginx.errors.text)") }
    }

    /// Ends it.
    func stop() async throws {
        program?.send(SIGTERM)
        _ = try await program?.ending()
        program = nil
    }
}
