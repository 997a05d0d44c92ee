import CanonicalJSON
import Foundation
import SSHSignature
import TestKit
import Testing
import TransparencyLog

@testable import Witness

/// Statements that a witness was shown.
@Suite struct `The list of statements` {
    private let bench: WitnessBench
    private let open: OpenWitness

    init() throws {
        bench = try WitnessBench()
        open = try bench.witness()
    }

    private func book(keepDays: Int = 90) throws -> StatementBook {
        try StatementBook(
            folder: open.folder, signer: open.signer,
            logs: [WitnessedLog(key: bench.signer.verifier)], keepDays: keepDays,
            clock: { [clock = bench.clock] in clock.now })
    }

    private func statement(_ number: Int, log: String = WitnessBench.origin) -> JSONValue {
        [
            "act": "something-later", "by": 3, "log": .string(log),
            "nonce": .string("000000000000000\(number % 10)"),
            "until": .integer(1_800_000_000_000), "number": .integer(Int64(number)),
        ]
    }

    private func body(
        _ statement: JSONValue, key: UInt8 = 1, namespace: String = "ballot@commonway"
    ) throws -> [UInt8] {
        let key = try PrivateKey(seed: [UInt8](repeating: key, count: PrivateKey.seedOctets))
        let signature = try key.sign(message: statement.canonicalOctets, namespace: namespace)
        let value: JSONValue = ["stmt": statement, "sig": .string(signature.base64)]
        return value.canonicalOctets
    }

    private func refusal(_ book: StatementBook, _ body: [UInt8]) async -> StatementRefusal? {
        do throws(StatementRefusal) {
            _ = try await book.take(try ShownStatement(body: body))
            return nil
        } catch {
            return error
        }
    }

    @Test func `a statement's hash is listed with its date, and the witness signs for it`()
        async throws
    {
        let book = try book()
        let statement = statement(1)
        let taken = try await book.take(try ShownStatement(body: try body(statement)))
        #expect(!taken.wasThere)
        let hash = Digest(hashing: statement.canonicalOctets)
        let sighting = try Sighting(octets: taken.sighting.octets, key: open.key)
        #expect(
            sighting
                == Sighting(
                    witness: "w.example", origin: WitnessBench.origin, statement: hash,
                    time: Int(bench.clock.now)))
        #expect(await book.list(from: 0, limit: 10).items.map(\.hash) == [hash])
    }

    @Test func `the same again has the first date, also after a restart`() async throws {
        let shown = try ShownStatement(body: try body(statement(1)))
        let first = try await book().take(shown)
        bench.clock.goOn(by: 60_000)
        let again = try await book().take(shown)
        #expect(again.wasThere)
        #expect(again.statement == first.statement)
        #expect(again.sighting == first.sighting)
    }

    @Test func `what is no signed statement for a log that is known is refused`() async throws {
        let book = try book()
        #expect(
            await refusal(book, Array("{}".utf8)) == .malformed("/stmt: is missing"))
        var unsigned = try #require(
            try JSONValue(parsing: body(statement(1)), form: .relaxed).object)
        unsigned["sig"] = "AAAA"
        guard
            case .badSignature = await refusal(book, JSONValue.object(unsigned).canonicalOctets),
            case .badSignature = await refusal(
                book, try body(statement(1), namespace: "file"))
        else {
            Issue.record("it was taken")
            return
        }
        #expect(
            await refusal(book, try body(statement(1, log: "other/log")))
                == .unknownLog("other/log"))
        bench.clock.goOn(by: 40_000_000_000)
        #expect(await refusal(book, try body(statement(1))) == .expired)
        #expect(await book.count == 0)
    }

    @Test func `one flipped bit in statement or signature is refused`() async throws {
        let octets = try body(statement(1))
        let taken = (0..<(octets.count * 8)).filter { bit in
            (try? ShownStatement(body: octets.flipping(bit: bit))) != nil
        }
        #expect(taken == [])
    }

    @Test func `one key is bounded a day, and all together at once`() async throws {
        let book = try book()
        for number in 0..<StatementBook.perKeyAndDayMax {
            bench.clock.goOn(by: 300)
            #expect(await refusal(book, try body(statement(number))) == nil)
        }
        guard case .tooMany = await refusal(book, try body(statement(1_000))) else {
            Issue.record("one key showed more than it may")
            return
        }
        var taken = 0
        var key: UInt8 = 2
        while await refusal(book, try body(statement(2_000 + taken), key: key)) == nil {
            taken += 1
            key = UInt8(2 + taken % 200)
        }
        #expect((1...StatementBook.burstMax).contains(taken))
        bench.clock.goOn(by: 1_000)
        #expect(await refusal(book, try body(statement(3_000), key: 250)) == nil)
        bench.clock.goOn(by: 86_400_000)
        #expect(await refusal(book, try body(statement(1_000))) == nil)
    }

    @Test func `the list is read in pages, by index`() async throws {
        let book = try book()
        for number in 0..<7 { _ = await refusal(book, try body(statement(number))) }
        let first = await book.list(from: 0, limit: 3)
        #expect(first.items.map(\.index) == [0, 1, 2])
        #expect(first.next == 3)
        let last = await book.list(from: 6, limit: 3)
        #expect(last.items.map(\.index) == [6])
        #expect(last.next == nil)
        #expect(await book.list(from: 7, limit: 3).items.isEmpty)
    }

    @Test func `old days go, and indices go on`() async throws {
        do {
            let book = try book(keepDays: 2)
            for number in 0..<4 {
                _ = await refusal(book, try body(statement(number)))
                bench.clock.goOn(by: 86_400_000)
            }
            #expect(await refusal(book, try body(statement(10))) == nil)
            #expect(await book.list(from: 0, limit: 10).items.map(\.index) == [2, 3, 4])
        }
        bench.clock.goOn(by: 10 * 86_400_000)
        let later = try book(keepDays: 2)
        #expect(await refusal(later, try body(statement(11))) == nil)
        #expect(await later.list(from: 0, limit: 10).items.last?.index == 5)
    }

    @Test func `a last line without its end is cut off, and nothing else is forgiven`()
        async throws
    {
        for number in 0..<3 {
            #expect(await refusal(try book(), try body(statement(number))) == nil)
        }
        let folder = bench.scratch.url.appendingPathComponent("w/statements")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let file = folder.appendingPathComponent(name)
        let octets = Array(try Data(contentsOf: file))
        try Data(octets.dropLast(10)).write(to: file)
        #expect(try await book().count == 2)
        #expect(await refusal(try book(), try body(statement(5))) == nil)
        #expect(try await book().list(from: 0, limit: 9).items.map(\.index) == [0, 1, 2])
        try Data(octets.dropFirst(10)).write(to: file)
        #expect(throws: WitnessFault.self) { try book() }
        let lines = octets.split(separator: 0x0A)
        try Data(Array((lines[0] + [0x0A] + lines[2] + [0x0A]))).write(to: file)
        #expect(throws: WitnessFault.self) { try book() }
    }
}
