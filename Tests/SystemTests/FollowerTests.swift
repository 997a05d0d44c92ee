import CanonicalJSON
import Foundation
import TestKit
import Testing

/// Ten gateways that follow one log over HTTP, where nginx serves what the council publishes.
@Suite struct FollowerTests {
    private static let count = 10

    /// A council with members, nginx before its published files, and gateways that serve a route.
    private struct Stage {
        let community: Community
        let council: Served
        let echo: Served
        let citizens: [Citizen]
        let files: FileServer
        let followers: Followers

        init() async throws {
            community = try await Community(charter: Samples.patientCharter())
            echo = try await Served.echo("catalogue")
            council = try await Served.council(of: community)
            citizens = try await Citizen.joinAll(community, at: council.address)
            _ = try await citizens.enact(Samples.library(port: echo.port))
            files = try await FileServer(community.log)
            followers = try await Followers(
                count, of: community, log: "http://\(files.address)/")
            try await followers.wait(for: "library.example", table: try await table())
        }

        /// Enacts a route.
        ///
        /// - Returns: The digest of the table that resulted.
        func enact(_ name: String) async throws -> String {
            let route = Samples.route(name, host: "\(name).example", to: "catalogue")
            _ = try await citizens.enact([route])
            return try await table()
        }

        private func table() async throws -> String {
            let answer = try await APIClient(council.address).call("GET", "/table")
            return try #require(answer.json["digest"]?.string)
        }

        func stop() async throws {
            try await followers.stop()
            try await files.stop()
            for process in [council, echo] { try await process.stop() }
        }
    }

    @Test func `ten gateways come to serve each table that is voted, and never an earlier one`()
        async throws
    {
        let stage = try await Stage()
        let old = stage.community.folder.url.appendingPathComponent("old", isDirectory: true)
        try FileManager.default.copyItem(at: stage.community.log, to: old)
        var tables: [String] = []
        for name in ["hall", "annex", "attic"] {
            tables.append(try await stage.enact(name))
            try await stage.followers.wait(
                for: "\(name).example", table: try #require(tables.last))
        }
        // The log as it was at first, whole and well signed: a copy put back, or a mirror behind.
        try await stage.files.serve(old)
        try await stage.followers.wait(toHear: "an earlier checkpoint than the accepted one")
        let served = Followers.Answer(status: 200, table: String(tables[2].prefix(16)))
        #expect(
            try await stage.followers.answers("attic.example")
                == Array(repeating: served, count: Self.count))
        try await stage.files.serve(stage.community.log)
        let last = try await stage.enact("cellar")
        try await stage.followers.wait(for: "cellar.example", table: last)
        for history in stage.followers.histories {
            let served = history.map { $0.table }.suffix(4)
            #expect(Array(served) == (tables + [last]).map { String($0.prefix(16)) })
            let entries = history.map { $0.entry }
            #expect(entries == Array(Set(entries)).sorted())
        }
        try await stage.stop()
        try await stage.community.expectAudited()
    }

    @Test func `while the file server is away the last table is served, afterwards the newest`()
        async throws
    {
        let stage = try await Stage()
        let first = try await stage.enact("hall")
        try await stage.followers.wait(for: "hall.example", table: first)
        try await stage.files.stop()
        let second = try await stage.enact("annex")
        #expect(first != second)
        try await stage.followers.wait(toHear: "the log is not followed: ")
        let served = Followers.Answer(status: 200, table: String(first.prefix(16)))
        let unknown = Followers.Answer(status: 404, table: "")
        #expect(
            try await stage.followers.answers("hall.example")
                == Array(repeating: served, count: Self.count))
        #expect(
            try await stage.followers.answers("annex.example")
                == Array(repeating: unknown, count: Self.count))
        try await stage.files.start()
        try await stage.followers.wait(for: "annex.example", table: second)
        try await stage.stop()
    }
}
