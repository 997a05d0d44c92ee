import Council
import Dispatch
import Synchronization
import TestKit
import Testing

@testable import Store

@Suite struct HashingThreadsTests {
    /// How many jobs run now, and how many ran at once at most.
    final class Gauge: Sendable {
        private let state = Mutex((now: 0, peak: 0))

        var peak: Int { state.withLock { $0.peak } }

        func during(_ body: () -> Void) {
            state.withLock {
                $0.now += 1
                $0.peak = max($0.peak, $0.now)
            }
            body()
            state.withLock { $0.now -= 1 }
        }
    }

    @Test func `two run at once and never more`() async {
        let threads = HashingThreads(threadCount: 2, waitingMax: 100)
        let gauge = Gauge()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await threads.run {
                        gauge.during {
                            _ = Argon2.hash(
                                password: [1], salt: .salt, cost: .least, length: 32)
                        }
                    }
                }
            }
        }
        #expect(gauge.peak == 2)
    }

    @Test func `what waits beyond the bound is refused at once`() async {
        let threads = HashingThreads(threadCount: 2, waitingMax: 3)
        let gate = DispatchSemaphore(value: 0)
        let results = await withTaskGroup(of: Bool?.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await threads.run {
                        gate.wait()
                        return true
                    }
                }
            }
            var refused = 0
            while refused < 15, await group.next() == .some(nil) {
                refused += 1
            }
            for _ in 0..<5 {
                gate.signal()
            }
            return await group.reduce(into: [Bool?](repeating: nil, count: refused)) {
                $0.append($1)
            }
        }
        #expect(results.filter { $0 == nil }.count == 15)
        #expect(results.filter { $0 == true }.count == 5)
    }

    @Test func `what was accepted is done though the threads are let go`() async {
        var threads: HashingThreads? = HashingThreads(threadCount: 2, waitingMax: 20)
        let result = await threads?.run { 7 }
        threads = nil
        #expect(result == 7)
    }
}

@Suite struct PasswordHashTests {
    /// From libargon2's own test suite (`src/test.c`, argon2id, version 0x13).
    @Test func `the hash is libargon2's published one`() throws {
        let cost = try Argon2Cost(memoryKibibytes: 65_536, passes: 2, lanes: 1)
        let hash = Argon2.hash(
            password: Array("password".utf8), salt: Array("somesalt".utf8), cost: cost, length: 32)
        let published = [UInt8](
            hexadecimal: "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7")
        #expect(try hash.get() == published)
    }

    @Test func `a PHC string is read back`() throws {
        let hash = PasswordHash.ofNothing(cost: .standard)
        #expect(PasswordHash(phcString: hash.phcString) == hash)
        #expect(hash.phcString.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$"))
    }

    static let salt = "AQIDBAUGBwgJCgsMDQ4PEA"
    static let hash = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"

    @Test func `the form of the strings below is right`() {
        let text = "$argon2id$v=19$m=19456,t=2,p=1$\(Self.salt)$\(Self.hash)"
        #expect(PasswordHash(phcString: text)?.salt == [UInt8](1...16))
    }

    @Test(arguments: [
        "", "$", "$$$$$", "$argon2i$v=19$m=19456,t=2,p=1$\(salt)$\(hash)",
        "$argon2id$v=16$m=19456,t=2,p=1$\(salt)$\(hash)",
        "$argon2id$v=19$m=19455,t=2,p=1$\(salt)$\(hash)",
        "$argon2id$v=19$m=1048577,t=2,p=1$\(salt)$\(hash)",
        "$argon2id$v=19$m=99999999999999999999,t=2,p=1$\(salt)$\(hash)",
        "$argon2id$v=19$m=19456,t=1,p=1$\(salt)$\(hash)",
        "$argon2id$v=19$m=19456,t=17,p=1$\(salt)$\(hash)",
        "$argon2id$v=19$m=19456,t=2,p=0$\(salt)$\(hash)",
        "$argon2id$v=19$m=19456,t=2,p=5$\(salt)$\(hash)",
        "$argon2id$v=19$t=2,m=19456,p=1$\(salt)$\(hash)",
        "$argon2id$v=19$m=019456,t=2,p=1$\(salt)$\(hash)",
        "$argon2id$v=19$m=19456,t=2,p=1$\(salt)$\(hash)=",
        "$argon2id$v=19$m=19456,t=2,p=1$\(salt)$\(hash)$",
        "$argon2id$v=19$m=19456,t=2,p=1$\(salt)A$\(hash)",
        "$argon2id$v=19$m=19456,t=2,p=1$\(salt)$",
    ])
    func `another string is no hash`(text: String) {
        #expect(PasswordHash(phcString: text) == nil)
    }

    @Test(arguments: [
        (19_455, 2, 1, "memory (KiB)", 19_456...1_048_576, 19_455),
        (19_456, 1, 1, "passes", 2...16, 1),
        (19_456, 2, 5, "lanes", 1...4, 5),
    ])
    func `a cost outside its range is refused`(
        memory: Int, passes: Int, lanes: Int, parameter: String, limit: ClosedRange<Int>,
        actual: Int
    ) {
        let error = StoreError.hashingCost(parameter: parameter, limit: limit, actual: actual)
        #expect(throws: error) {
            try Argon2Cost(memoryKibibytes: memory, passes: passes, lanes: lanes)
        }
    }
}
