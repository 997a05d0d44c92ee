import CanonicalJSON
import Foundation
import Governance
import LogReader

/// The state that a gateway can begin with after a restart, so that it need not replay a long log.
///
/// Nothing in it is believed before the log confirms it (``LogFollower``).
struct SnapshotFile: Sendable {
    private let file: URL

    init(_ folder: URL) { file = folder.appendingPathComponent("snapshot.json") }

    /// The state kept last; `nil` when there is none that can be read.
    ///
    /// - Parameter tell: Told why one that is there is of no use; the log is replayed then.
    func read(_ tell: (String) -> Void) -> State? {
        do {
            guard
                let octets = try DurableFile.read(file, octetsMax: JSONLimits.snapshot.octetsMax)
            else { return nil }
            let value = try JSONValue(parsing: octets, form: .canonical, limits: .snapshot)
            return try State(restoring: value)
        } catch {
            tell("the snapshot is not used: \(Reason.text(error))")
            return nil
        }
    }

    /// Keeps a state.
    ///
    /// - Throws: The system's error.
    func write(_ state: State) throws {
        try DurableFile.write(state.snapshot, to: file)
    }
}
