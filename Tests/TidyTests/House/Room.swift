/// What a target may rest on: a row of the table in ARCHITECTURE.md.
struct Room {
    let name: String
    /// Rooms and modules of packages that it names itself. A room comes with all that it rests
    /// on; a package's module does not, and is repeated where it is used.
    let restsOn: Set<String>
    /// Modules that come with the toolchain.
    let toolchain: Set<String>
    /// Without clock, randomness, input, output, logging, `async` or Foundation (law 2).
    let isPure: Bool

    private init(
        _ name: String, restsOn: Set<String> = [], toolchain: Set<String> = [], isPure: Bool = false
    ) {
        self.name = name
        self.restsOn = restsOn
        self.toolchain = toolchain
        self.isPure = isPure
    }

    /// The rooms, each above those that may rest on it (law 1).
    static let all: [Room] = [
        Room("CLinux"),
        Room("CArgon2"),
        Room("CSodium"),
        Room("CanonicalJSON", isPure: true),
        Room("Ed25519", restsOn: ["CSodium"], isPure: true),
        Room("SSHSignature", restsOn: ["Ed25519", "Crypto"], isPure: true),
        Room("TransparencyLog", restsOn: ["Ed25519", "Crypto"], isPure: true),
        Room("Routing", restsOn: ["CanonicalJSON", "Crypto"], isPure: true),
        Room(
            "Governance",
            restsOn: ["Routing", "SSHSignature", "TransparencyLog", "CanonicalJSON", "Crypto"],
            isPure: true),
        Room("Documents", restsOn: ["CanonicalJSON", "Yams"]),
        Room(
            "LogReader", restsOn: ["TransparencyLog", "Governance"],
            toolchain: ["Foundation", "Glibc", "Synchronization"]),
        // For Bench and tests: no room of the product may forge.
        Room("Forge", restsOn: ["LogReader"], toolchain: ["Foundation"]),
        Room(
            "Witness",
            restsOn: [
                "LogReader", "Hummingbird", "HummingbirdCore", "HTTPTypes", "NIOCore", "Logging",
                "ServiceLifecycle",
            ],
            toolchain: ["Foundation", "Glibc"]),
        Room(
            "LogHTTP", restsOn: ["LogReader", "AsyncHTTPClient", "NIOCore", "NIOHTTP1"],
            toolchain: ["Foundation", "Synchronization"]),
        Room(
            "Council", restsOn: ["LogReader", "Crypto"],
            toolchain: ["Dispatch", "Foundation", "Synchronization"]),
        Room(
            "Store", restsOn: ["Council", "GRDB", "CArgon2", "Crypto"],
            toolchain: ["Dispatch", "Foundation", "Glibc", "Synchronization"]),
        Room(
            "AdminAPI",
            restsOn: [
                "Council", "Documents", "Hummingbird", "HummingbirdCore", "HTTPTypes", "NIOCore",
                "Logging", "ServiceLifecycle",
            ],
            toolchain: ["Foundation", "Synchronization"]),
        Room("HTTP1", isPure: true),
        Room("Reactor", restsOn: ["CLinux"], toolchain: ["Glibc", "Synchronization"]),
        Room(
            "Proxy", restsOn: ["Routing", "HTTP1", "Reactor"],
            toolchain: ["Glibc", "Synchronization"]),
        Room(
            "commonway",
            restsOn: [
                "AdminAPI", "Store", "LogHTTP", "Witness", "Proxy", "ArgumentParser",
                "AsyncHTTPClient",
                "NIOCore", "NIOHTTP1", "NIOPosix", "Logging", "ServiceLifecycle",
                "UnixSignals", "Crypto",
            ],
            toolchain: ["Dispatch", "Foundation", "Glibc", "Synchronization"]),
        Room(
            "Bench", restsOn: ["Forge", "Reactor", "Crypto"],
            toolchain: ["Dispatch", "Foundation", "Glibc", "Synchronization"]),
    ]

    /// The wings of the house: they meet in the executable alone.
    static let controlWing: Set<String> = ["Council", "Store", "AdminAPI"]
    static let dataWing: Set<String> = ["HTTP1", "Reactor", "Proxy"]

    static func named(_ name: String) -> Room? {
        all.first { $0.name == name }
    }

    /// Everything that it may import, its own and the package's modules.
    var mayImport: Set<String> {
        var modules = restsOn
        for module in restsOn {
            guard let room = Room.named(module) else { continue }
            modules.formUnion(room.mayImport.filter { Room.named($0) != nil })
        }
        return modules
    }
}
