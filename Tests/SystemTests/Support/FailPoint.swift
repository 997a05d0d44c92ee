import Foundation
import TestKit

/// One place at which a program is killed, or its disk fails: see shim/failpoint.c.
struct FailPoint: Sendable {
    /// Which kind of call.
    let step: Step
    /// Which of its kind, from 1; 0 for none.
    let number: Int
    /// What happens there.
    let mode: Mode

    /// No fault at all: the calls are noted.
    static let none = FailPoint(step: Step(call: "", place: ""), number: 0, mode: .before)

    /// What happens at a call.
    enum Mode: String, CaseIterable, Sendable {
        /// The program is killed before it.
        case before
        /// The program is killed after it.
        case after
        /// The program is killed after it, and what was not synced is gone.
        case power
        /// It fails: an error of the device.
        case error = "EIO"
        /// It fails: the disk is full.
        case full = "ENOSPC"

        /// As the shim knows it.
        var word: String { self == .power ? "after" : rawValue }
    }

    /// A call as the shim noted it.
    struct Call: Sendable {
        let step: Step
        let isHit: Bool
    }

    /// What a call does, and where: as the shim writes it, `fsync /log`.
    struct Step: Hashable, Sendable, Comparable {
        let call: String
        let place: String

        /// As the shim writes it.
        var word: String { "\(call) \(place)" }

        static func < (left: Step, right: Step) -> Bool {
            (left.place, left.call) < (right.place, right.call)
        }
    }

    /// Compiles the shim.
    ///
    /// - Returns: The library.
    static func compile(in folder: TemporaryFolder) async throws -> String {
        let library = folder.path("failpoint.so")
        let source = Checkout.root.appendingPathComponent("Tests/SystemTests/shim/failpoint.c")
        let compiled = try await CommandResult.of(
            "cc",
            [
                "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-O1", "-o", library,
                source.path, "-ldl",
            ])
        guard compiled.ending == .exited(0) else { throw Failure(compiled.errorText) }
        return library
    }

    /// The calls that a program made on a folder, in order.
    static func calls(in log: String) throws -> [Call] {
        guard FileManager.default.fileExists(atPath: log) else { return [] }
        return try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").compactMap {
            line in
            let words = line.split(separator: " ")
            guard words.count >= 2 else { return nil }
            return Call(
                step: Step(call: String(words[0]), place: String(words[1])),
                isHit: words.last == "HIT")
        }
    }
}

extension FailPoint.Step: CustomStringConvertible {
    /// What it is to people: `checkpoint's folder, fsync`.
    var description: String {
        let name =
            switch place {
            case "/log/tile": "tile's folder"
            case "/log/tile/": "tile"
            case "/log": "checkpoint's folder"
            case "/log/": "checkpoint"
            case "/council": "last-signed's folder"
            case "/council/": "last-signed"
            default: place.replacing("/council/store/", with: "")
            }
        return "\(name), \(call)"
    }

    /// Whether what was acknowledged rests on it: the journal, and what is published.
    var isOfTheLog: Bool {
        !["people", "mirror", "-shm"].contains { place.contains($0) }
    }
}
