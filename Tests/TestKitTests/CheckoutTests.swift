import Foundation
import Testing

@testable import TestKit

@Suite struct CheckoutTests {
    @Test func `the root is where Package.swift is`() throws {
        let manifest = String(decoding: try Checkout.contents(of: "Package.swift"), as: UTF8.self)
        #expect(manifest.contains("name: \"commonway\""))
    }

    @Test func `the program stands beside the test bundle`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("", to: "commonway")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        let bundle = folder.url.appendingPathComponent("tests.xctest")
        #expect(try Checkout.program(environment: [:], bundle: bundle) == path)
    }

    @Test func `the environment may name another program`() throws {
        let bundle = URL(fileURLWithPath: "/nowhere/tests.xctest")
        let program = try Checkout.program(
            environment: ["COMMONWAY_PROGRAM": "/bin/sh"], bundle: bundle)
        #expect(program == "/bin/sh")
    }

    @Test func `a program that was not built is an error that says how to build it`() {
        let bundle = URL(fileURLWithPath: "/nowhere/tests.xctest")
        let fault = #expect(throws: CheckoutFault.self) {
            try Checkout.program(environment: [:], bundle: bundle)
        }
        #expect(fault?.description.contains("swift build --product commonway") == true)
    }
}
