import CanonicalJSON
import Council
import Foundation
import Governance
import LogReader
import TestKit
import Testing
import TransparencyLog

@testable import AdminAPI

@Suite struct `Files` {
    @Test func `the published log is served as C2SP tiles, for every page to read`() async throws {
        try await Community.serving { community in
            let key = try VerifierKey(text: await community.council.read { $0.card.key })
            let checkpoint = try await community.send("GET", "/log/checkpoint")
            #expect(checkpoint.header("content-type") == "text/plain; charset=utf-8")
            #expect(checkpoint.header("access-control-allow-origin") == "*")
            let signed = try SignedCheckpoint(octets: checkpoint.octets, key: key)
            #expect(signed.checkpoint.size == 3)
            let tile = try await community.send("GET", "/log/tile/0/000.p/3")
            #expect(tile.header("content-type") == "application/octet-stream")
            #expect(tile.header("cache-control") == "public, max-age=31536000, immutable")
            #expect(tile.octets.count == 3 * 32)
            let bundle = try await community.send("GET", "/log/tile/entries/000.p/3")
            #expect(bundle.octets.count > 200)
            let tag = try #require(tile.header("etag"))
            let again = try await community.send(
                "GET", "/log/tile/0/000.p/3", headers: [("If-None-Match", "\"x\", W/\(tag)")])
            #expect(again.status == 304)
            #expect(again.octets.isEmpty)
        }
    }

    @Test func `a HEAD has the headers of the GET, and no body`() async throws {
        try await Community.serving { community in
            for path in ["/", "/log/checkpoint", "/api/v1/community"] {
                let whole = try await community.send("GET", path)
                let head = try await community.send("HEAD", path)
                #expect(head.status == 200)
                #expect(head.octets.isEmpty)
                #expect(head.header("content-length") == String(whole.octets.count))
            }
            #expect(try await community.send("HEAD", "/api/v1/events").status == 200)
        }
    }

    @Test(arguments: [
        ("/", "text/html; charset=utf-8"), ("/app.js", "text/javascript; charset=utf-8"),
        ("/core/sshsig.js", "text/javascript; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"), ("/icon.svg", "image/svg+xml"),
    ])
    func `a page has its type, the strict policy, and is not sent twice`(
        path: String, type: String
    ) async throws {
        try await Community.serving { community in
            let page = try await community.send("GET", path)
            #expect(page.status == 200)
            #expect(page.header("content-type") == type)
            #expect(page.header("x-content-type-options") == "nosniff")
            #expect(page.header("referrer-policy") == "no-referrer")
            #expect(
                page.header("content-security-policy")
                    == "default-src 'none'; script-src 'self'; style-src 'self'; "
                    + "connect-src 'self'; img-src 'self'; form-action 'self'; "
                    + "base-uri 'none'; frame-ancestors 'none'")
            let tag = try #require(page.header("etag"))
            let again = try await community.send("GET", path, headers: [("If-None-Match", tag)])
            #expect(again.status == 304)
        }
    }

    @Test func `the pages hold nothing that their policy forbids, and all that they import`() throws
    {
        let root = Checkout.root.appendingPathComponent("web-static")
        let html = String(
            decoding: try Checkout.contents(of: "web-static/index.html"), as: UTF8.self)
        #expect(!html.contains("<style") && !html.contains("style=") && !html.contains(" on"))
        #expect(html.ranges(of: "<script").count == 1)
        #expect(html.contains("<script type=\"module\" src=\"/app.js\"></script>"))
        let files = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String]
        let scripts = try #require(files).filter { $0.hasSuffix(".js") }
        #expect(scripts.count > 15)
        for script in scripts {
            let folder = root.appendingPathComponent(script).deletingLastPathComponent()
            let text = String(
                decoding: try Checkout.contents(of: "web-static/\(script)"), as: UTF8.self)
            for forbidden in [
                "innerHTML", "eval(", "insertAdjacentHTML", "document.write", ".style.",
            ] {
                #expect(!text.contains(forbidden), "\(script)")
            }
            for match in text.matches(of: #/from "(\.[^"]+)"/#) {
                let imported = folder.appendingPathComponent(String(match.output.1)).standardized
                #expect(FileManager.default.fileExists(atPath: imported.path), "\(script)")
            }
        }
    }

    @Test func `a folder that cannot be served whole is refused at the start`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: AdminStartError.self) { try StaticFiles(folder: folder.url.path) }
        _ = try folder.write("<!DOCTYPE html>", to: "index.html")
        #expect(throws: Never.self) { try StaticFiles(folder: folder.url.path) }
        _ = try folder.write("x", to: "page.exe")
        #expect(
            throws: AdminStartError.pages(
                folder: folder.url.path, reason: "page.exe has a suffix without a media type here")
        ) { try StaticFiles(folder: folder.url.path) }
    }
}
