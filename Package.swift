// swift-tools-version: 6.2
import PackageDescription

/// The house rules of the compiler, the same for every target: see CONTRIBUTING.md.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(
    name: "HummingbirdCore", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let unixSignals: Target.Dependency = .product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let asyncHTTPClient: Target.Dependency = .product(
    name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")

func room(
    _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + settings)
}

/// For functions that return a Span: its lifetime is written down and checked.
let spans: SwiftSetting = .enableExperimentalFeature("Lifetimes")

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestKit"], exclude: exclude,
        swiftSettings: strict)
}

let package = Package(
    name: "commonway",
    products: [.executable(name: "commonway", targets: ["commonway"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The order is the law: a target imports only targets above it (ARCHITECTURE.md).
        .target(name: "CLinux"),
        .systemLibrary(
            name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),

        room("CanonicalJSON"),
        room("Ed25519", ["CSodium"]),
        room("SSHSignature", ["Ed25519", crypto]),
        room("TransparencyLog", ["Ed25519", crypto]),
        room("Routing", ["CanonicalJSON", crypto]),
        room(
            "Governance", ["TransparencyLog", "Routing", "SSHSignature", "CanonicalJSON", crypto]),
        room("Documents", ["CanonicalJSON", yams]),
        room("LogReader", ["TransparencyLog", "Governance", "CanonicalJSON", "Routing"]),
        room(
            "Forge",
            [
                "LogReader", "TransparencyLog", "Governance", "Routing", "SSHSignature",
                "CanonicalJSON",
            ]),
        room(
            "Witness",
            [
                "LogReader", "TransparencyLog", "SSHSignature", "CanonicalJSON", hummingbird,
                hummingbirdCore, httpTypes, nioCore, logging, lifecycle,
            ]),
        room("LogHTTP", ["LogReader", "TransparencyLog", asyncHTTPClient, nioCore, nioHTTP1]),
        room(
            "Council",
            [
                "LogReader", "TransparencyLog", "Governance", "Routing", "SSHSignature",
                "CanonicalJSON",
            ]),
        room("Store", ["Council", "TransparencyLog", "Routing", "CArgon2", grdb]),
        room(
            "AdminAPI",
            [
                "Council", "LogReader", "Documents", "Governance", "Routing", "TransparencyLog",
                "SSHSignature", "CanonicalJSON", hummingbird, hummingbirdCore, httpTypes, nioCore,
                logging, lifecycle,
            ]),
        room("HTTP1"),
        room("Reactor", ["CLinux"], settings: [spans]),
        room("Proxy", ["Routing", "HTTP1", "Reactor"], settings: [spans]),
        .executableTarget(
            name: "commonway",
            dependencies: [
                "CanonicalJSON", "SSHSignature", "TransparencyLog", "Routing", "Governance",
                "Documents", "LogReader", "Witness", "LogHTTP", "Council", "Store", "AdminAPI",
                "HTTP1",
                "Reactor", "Proxy", "CLinux", argumentParser, asyncHTTPClient, nioCore, nioPosix,
                nioHTTP1, logging, lifecycle, unixSignals, crypto,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "Bench",
            dependencies: [
                "Forge", "LogReader", "Governance", "TransparencyLog", "Reactor", "CanonicalJSON",
                "Routing",
            ],
            swiftSettings: strict),

        .target(name: "TestKit", path: "Tests/TestKit", swiftSettings: strict),
        // Built with libFuzzer by scripts/fuzz alone; in an ordinary build, Fuzz judges files.
        .target(
            name: "FuzzTargets", dependencies: ["HTTP1", "Routing", "CanonicalJSON"],
            path: "Tests/FuzzTargets", swiftSettings: strict),
        .executableTarget(
            name: "Fuzz", dependencies: ["FuzzTargets", "HTTP1"], path: "Tests/Fuzz",
            swiftSettings: strict),
        tests("CanonicalJSONTests", ["CanonicalJSON"]),
        tests("Ed25519Tests", ["Ed25519", crypto]),
        tests("SSHSignatureTests", ["SSHSignature", crypto]),
        tests("TransparencyLogTests", ["TransparencyLog", crypto]),
        tests("RoutingTests", ["Routing", "Documents", "CanonicalJSON", "FuzzTargets"]),
        tests(
            "GovernanceTests",
            [
                "Forge", "LogReader", "TransparencyLog", "Governance", "Documents", "Routing",
                "SSHSignature", "CanonicalJSON", crypto,
            ]),
        tests("DocumentsTests", ["Documents", "CanonicalJSON"]),
        tests(
            "LogReaderTests",
            [
                "Forge",
                "LogReader", "LogHTTP", "Governance", "TransparencyLog", "SSHSignature",
                "CanonicalJSON", "Documents", "Routing", asyncHTTPClient, crypto,
            ]),
        tests(
            "WitnessTests", ["Witness", "TransparencyLog", "SSHSignature", "CanonicalJSON"]),
        tests(
            "CouncilTests",
            [
                "Forge", "Store", "Council", "Witness", "LogReader", "Governance",
                "TransparencyLog",
                "SSHSignature", "CanonicalJSON", "Routing",
            ]),
        .executableTarget(
            name: "StoreWriter", dependencies: ["Store", "Council", "TransparencyLog", "Routing"],
            path: "Tests/StoreWriter", swiftSettings: strict),
        tests(
            "StoreTests",
            ["Store", "StoreWriter", "Council", "TransparencyLog", "Routing", grdb]),
        tests(
            "AdminAPITests",
            [
                "AdminAPI", "Store", "Council", "Forge", "LogReader", "Governance",
                "TransparencyLog", "Routing", "SSHSignature", "CanonicalJSON", asyncHTTPClient,
                nioCore, nioHTTP1, logging, lifecycle, crypto,
            ]),
        tests("HTTP1Tests", ["HTTP1"]),
        tests("ReactorTests", ["Reactor"]),
        tests(
            "ProxyTests",
            ["Proxy", "Routing", "Documents", "HTTP1", "Reactor", "CanonicalJSON"]),
        tests(
            "BenchTests",
            ["Bench", "Forge", "LogReader", "Governance", "Routing", "CanonicalJSON"]),
        tests("FuzzTests", ["FuzzTargets", "HTTP1", "Routing"]),
        tests("TestKitTests", []),
        tests(
            "commonwayTests",
            [
                "commonway", "Governance", "Routing", "TransparencyLog", "SSHSignature",
                "CanonicalJSON", "LogHTTP", "Proxy", "Reactor", asyncHTTPClient, nioCore,
                argumentParser,
            ]),
        tests("TidyTests", []),
        tests(
            "SystemTests",
            [
                "Forge",
                "commonway", "Governance", "TransparencyLog", "SSHSignature", "CanonicalJSON",
                "LogReader", "Documents", "Routing", crypto,
            ], exclude: ["shim", "traffic.py", "hostile.py", "tlogproof.py"]),
    ]
)
