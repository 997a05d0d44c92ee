import AsyncHTTPClient
import Foundation
import LogHTTP
import LogReader
import TestKit
import Testing
import TransparencyLog

@Suite("A log over HTTP")
struct HTTPSourceTests {
    /// Runs `body` with a source at an address, and shuts its client down.
    private func with<Result>(
        _ address: String, fileSeconds: Int64 = 20,
        _ body: (HTTPSource) async throws -> Result
    ) async throws -> Result {
        let client = HTTPSource.makeClient()
        do {
            let source = try HTTPSource(
                address: address, allowsPlainHTTP: true, client: client, fileSeconds: fileSeconds)
            let result = try await body(source)
            try await client.shutdown()
            return result
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    @Test func `a log that is served is followed as in its folder`() async throws {
        let log = try PublishedLog(size: 300)
        let accepted = try log.checkpoint(at: 100)
        let server = try FileServer(folder: log.folder)
        let address = try await server.address()

        let read = try await with(address) { source in
            try await PublishedLog.read(
                LogFetcher(source: source, key: log.key), from: accepted, entriesFrom: 100)
        }

        #expect(read.entries == Array(log.entries[100...]))
    }

    @Test func `what is not there is nothing`() async throws {
        let log = try PublishedLog()
        let server = try FileServer(folder: log.folder)
        let address = try await server.address()
        let tile = try Tile(path: "tile/0/000")

        let found = try await with(address) { source in
            (try await source.checkpoint(), try await source.octets(of: tile))
        }

        #expect(found == (nil, nil))
    }

    @Test(arguments: [("redirect", 302), ("broken", 500), ("forbidden", 403), ("partial", 206)])
    func `another answer is refused with its status`(folder: String, status: Int) async throws {
        let server = try HostileServer()
        let address = try await server.address(folder)
        await #expect(
            throws: LogSourceError.refused(path: address + "checkpoint", status: status)
        ) {
            try await with(address) { try await $0.checkpoint() }
        }
    }

    @Test(arguments: ["large", "endless"])
    func `a file beyond the limit is refused`(folder: String) async throws {
        let server = try HostileServer()
        let address = try await server.address(folder)
        await #expect(
            throws: LogSourceError.tooLarge(path: address + "checkpoint", limit: 262_144)
        ) {
            try await with(address) { try await $0.checkpoint() }
        }
    }

    @Test(arguments: ["silent", "dripping", "short", "garbage"])
    func `a server that does not answer in full is unreachable`(folder: String) async throws {
        let server = try HostileServer()
        let address = try await server.address(folder)
        let error = await #expect(throws: LogSourceError.self) {
            try await with(address, fileSeconds: 1) { try await $0.checkpoint() }
        }
        guard case .unreachable(let source, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(source == address + "checkpoint")
    }

    @Test func `plain http needs a word`() async throws {
        let client = HTTPSource.makeClient()
        let address = "http://gw.example.org/log/"
        #expect(throws: HTTPSourceError.plainHTTP(address)) {
            try HTTPSource(address: address, allowsPlainHTTP: false, client: client)
        }
        let source = try HTTPSource(
            address: "https://gw.example.org/log", allowsPlainHTTP: false, client: client)
        #expect(source.address == "https://gw.example.org/log/")
        try await client.shutdown()
    }

    @Test(arguments: [
        "", "gw.example.org/log", "ftp://gw.example.org/", "https://", "https:///log",
        "https://gw.example.org/log?x=1", "https://gw.example.org/log#x",
        "https://ana:secret@gw.example.org/log", "unix:///run/log",
    ])
    func `another address is refused`(address: String) async throws {
        let client = HTTPSource.makeClient()
        #expect(throws: HTTPSourceError.notAnAddress(address)) {
            try HTTPSource(address: address, allowsPlainHTTP: true, client: client)
        }
        try await client.shutdown()
    }
}

/// Python's own file server, on a port of the system's choice.
private struct FileServer {
    private let program: RunningProgram

    init(folder: TemporaryFolder) throws {
        program = try RunningProgram(
            "python3",
            ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", folder.url.path])
    }

    /// Where it listens, once it does.
    func address() async throws -> String {
        let line = try await program.output.line(containing: "Serving HTTP on")
        let start = try #require(line.firstIndex(of: "("))
        return String(line[start...].dropFirst().prefix { $0 != ")" })
    }
}

/// A server whose folders each misbehave in a way of their own.
private struct HostileServer {
    private let program: RunningProgram

    init() throws {
        program = try RunningProgram("python3", ["-u", "-c", Self.script])
    }

    func address(_ folder: String) async throws -> String {
        let line = try await program.output.line(containing: "port ")
        let port = try #require(line.split(separator: " ").last)
        return "http://127.0.0.1:\(port)/\(folder)/"
    }

    private static let script = #"""
        import socket, threading, time
        head = b"HTTP/1.1 %s\r\nConnection: close\r\n%s\r\n\r\n"
        def answer(link):
            way = link.recv(65536).split(b"/")[1]
            if way == b"redirect":
                link.sendall(head % (b"302 Found", b"Location: /good/x\r\nContent-Length: 0"))
            elif way == b"broken":
                link.sendall(head % (b"500 Broken", b"Content-Length: 0"))
            elif way == b"forbidden":
                link.sendall(head % (b"403 Forbidden", b"Content-Length: 0"))
            elif way == b"partial":
                link.sendall(head % (b"206 Partial Content", b"Content-Length: 1") + b"a")
            elif way == b"large":
                link.sendall(head % (b"200 OK", b"Content-Length: 262145") + b"a" * 262145)
            elif way == b"endless":
                link.sendall(head % (b"200 OK", b"Content-Type: text/plain"))
                while True: link.sendall(b"a" * 65536)
            elif way == b"silent":
                time.sleep(30)
            elif way == b"dripping":
                link.sendall(head % (b"200 OK", b"Content-Length: 1000"))
                while True:
                    link.sendall(b"a")
                    time.sleep(0.1)
            elif way == b"short":
                link.sendall(head % (b"200 OK", b"Content-Length: 1000") + b"a")
            elif way == b"garbage":
                link.sendall(b"\x00\x01 no HTTP at all\r\n\r\n")
            link.close()
        def serve(link):
            try: answer(link)
            except OSError: pass
        server = socket.create_server(("127.0.0.1", 0))
        print("port", server.getsockname()[1], flush=True)
        while True:
            link, _ = server.accept()
            threading.Thread(target=serve, args=(link,), daemon=True).start()
        """#
}
