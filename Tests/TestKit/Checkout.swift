package import Foundation

/// Where the repository's files and the built program are.
package enum Checkout {
    /// The repository's root folder, found from the place of this source file.
    package static let root: URL = URL(fileURLWithPath: #filePath)
        .resolvingSymlinksInPath()
        .deletingLastPathComponent()  // TestKit
        .deletingLastPathComponent()  // Tests
        .deletingLastPathComponent()

    /// The octets of a file of the repository.
    ///
    /// - Parameter path: Relative to the root, as `governance/charter.yaml`.
    /// - Throws: Foundation's error, when there is no such file.
    package static func contents(of path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: root.appendingPathComponent(path)))
    }

    /// The program under test, `commonway`.
    ///
    /// It stands beside the running test bundle, wherever the build folder is; the environment's
    /// `COMMONWAY_PROGRAM` names another, such as the release build.
    ///
    /// - Throws: ``CheckoutFault`` when it was not built.
    package static func program() throws(CheckoutFault) -> String {
        try program(
            environment: ProcessInfo.processInfo.environment,
            bundle: URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath())
    }

    /// ``program()``, for a given environment and test bundle.
    static func program(
        environment: [String: String], bundle: URL
    ) throws(CheckoutFault) -> String {
        let path =
            environment["COMMONWAY_PROGRAM"]
            ?? bundle.deletingLastPathComponent().appendingPathComponent("commonway").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw .programNotBuilt(path: path)
        }
        return path
    }
}

/// What ``Checkout`` could not find.
package enum CheckoutFault: Error, CustomStringConvertible {
    /// There is no program at the path where the build leaves it.
    case programNotBuilt(path: String)

    /// One sentence with what to do.
    package var description: String {
        switch self {
        case .programNotBuilt(let path):
            "no program at \(path); run `swift build --product commonway` first"
        }
    }
}
