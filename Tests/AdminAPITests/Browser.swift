import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TestKit
import Testing

/// Chromium without a window, driven by WebDriver (W3C), so that the pages run where members use
/// them.
struct Browser: Sendable {
    /// Whether this machine has it.
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/chromedriver")

    private let session: String

    private static let timeout = TimeAmount.seconds(60)
    private static let scriptTimeoutMilliseconds = 40_000

    /// Why the browser did not do what it was told.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// Opens a browser for the time of `body`.
    static func opened(_ body: (Browser) async throws -> Void) async throws {
        let driver = try RunningProgram("/usr/bin/chromedriver", ["--port=0"])
        let line = try await driver.output.line(containing: "started successfully on port ")
        let port = line.split(separator: " ").last?.filter(\.isNumber) ?? ""
        let base = "http://127.0.0.1:\(port)/session"
        let options: [String: Any] = [
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        ]
        let started = try await command(
            base,
            [
                "capabilities": [
                    "alwaysMatch": [
                        "goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"],
                        "timeouts": ["script": scriptTimeoutMilliseconds],
                    ]
                ]
            ])
        let id = try #require((started as? [String: Any])?["sessionId"] as? String)
        let browser = Browser(session: "\(base)/\(id)")
        do {
            try await body(browser)
        } catch {
            // What the page said tells more than what did not come.
            let page = try? await browser.text("document.body.innerText")
            try? await browser.close()
            throw Fault(description: "\(error); the page: \(page ?? "gone")")
        }
        try await browser.close()
        withExtendedLifetime(driver) {}
    }

    /// Opens an address and waits until it is loaded.
    func open(_ address: String) async throws {
        _ = try await Self.command("\(session)/url", ["url": address])
    }

    /// Runs statements on the page.
    func run(_ script: String) async throws {
        _ = try await Self.command(
            "\(session)/execute/sync", ["script": script, "args": [String]()])
    }

    /// The value of an expression, as text.
    func text(_ expression: String) async throws -> String {
        let value = try await Self.command(
            "\(session)/execute/sync",
            ["script": "return String(\(expression))", "args": [String]()])
        return value as? String ?? ""
    }

    /// Waits until an expression is true; the page itself looks again and again.
    func wait(until expression: String) async throws {
        let script = """
            const done = arguments[0];
            const timer = setInterval(() => {
                let holds = false;
                try { holds = \(expression); } catch { return; }
                if (holds) { clearInterval(timer); done(true); }
            }, 50);
            """
        _ = try await Self.command(
            "\(session)/execute/async", ["script": script, "args": [String]()])
    }

    /// Waits until the page shows some words.
    func wait(forWords words: String) async throws {
        try await wait(until: "document.body.innerText.includes(\"\(words)\")")
    }

    /// Waits until an element is there, and clicks on it in the same moment: between two commands
    /// the page may be another one.
    func click(_ selector: String) async throws {
        try await wait(
            until: """
                (() => {
                    const found = document.querySelector("\(selector)");
                    found?.click();
                    return !!found;
                })()
                """)
    }

    /// Makes the page as wide as the narrowest telephone.
    func narrow(to pixels: Int) async throws {
        let parameters: [String: Any] = [
            "width": pixels, "height": 800, "deviceScaleFactor": 1, "mobile": true,
        ]
        _ = try await Self.command(
            "\(session)/goog/cdp/execute",
            ["cmd": "Emulation.setDeviceMetricsOverride", "params": parameters])
    }

    /// What the browser complained of since it was asked last.
    func complaints() async throws -> [String] {
        let log = try await Self.command("\(session)/se/log", ["type": "browser"])
        return (log as? [[String: Any]] ?? []).compactMap { $0["message"] as? String }
    }

    private func close() async throws {
        _ = try await Self.command(session, nil)
    }

    /// One command; with no body it ends the session.
    private static func command(_ url: String, _ body: [String: Any]?) async throws -> Any? {
        var request = HTTPClientRequest(url: url)
        request.method = body == nil ? .DELETE : .POST
        if let body {
            request.body = .bytes(try JSONSerialization.data(withJSONObject: body))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: timeout)
        let octets = try await response.body.collect(upTo: 16 << 20)
        let answer =
            try JSONSerialization.jsonObject(with: Data(octets.readableBytesView))
            as? [String: Any]
        let value = answer?["value"]
        if let fault = (value as? [String: Any])?["error"] as? String {
            let words = (value as? [String: Any])?["message"] as? String ?? ""
            throw Fault(description: "\(fault): \(words.prefix(300))")
        }
        return value
    }
}
