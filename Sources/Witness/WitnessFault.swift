/// Why a witness cannot begin or go on. None of these is a log's fault.
package enum WitnessFault: Error, Equatable, Sendable {
    /// Something about the folder or a file in it; the system's words.
    case file(path: String, reason: String)
    /// Another witness runs on the folder.
    case inUse(path: String)
    /// There is no key yet.
    case noKey(path: String)
    /// A key is there already, of another name.
    case otherName(expected: String, found: String)
    /// The key is there and what it cosigned is not: going on could cosign a second history.
    case headsLost(path: String)
    /// A file of the witness's own was altered.
    case corrupt(path: String, reason: String)
    /// Two logs of one origin, or a log that has the witness's own key.
    case logs(String)
}

extension WitnessFault: CustomStringConvertible {
    /// What happened, and what to do next.
    package var description: String {
        switch self {
        case .file(let path, let reason): "\(path): \(reason)"
        case .inUse(let path):
            "another witness runs on \(path); two on one key could cosign two histories"
        case .noKey(let path): "there is no key at \(path)"
        case .otherName(let expected, let found):
            "the key there is \(found)'s, not \(expected)'s; a witness keeps its name"
        case .headsLost(let path):
            "\(path) is missing: what this key has cosigned is not known any more, and it must "
                + "never cosign a second history. Restore the newest copy, or retire this key and "
                + "make another witness in a new folder"
        case .corrupt(let path, let reason):
            "\(path) was altered: \(reason). Restore the newest copy, or retire this key and make "
                + "another witness in a new folder"
        case .logs(let why): why
        }
    }
}
