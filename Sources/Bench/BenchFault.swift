/// Why a measurement could not be made; a slow contender is none of it.
enum BenchFault: Error, CustomStringConvertible {
    /// The command line is wrong; what and how.
    case usage(String)
    /// A program that is needed is not installed.
    case missing(program: String, package: String)
    /// A file could not be read or written.
    case file(path: String, reason: String)
    /// A child could not be started, ended early or did not answer in time; with its last words.
    case child(name: String, reason: String, words: String)
    /// A contender answers, but not with what it should.
    case answer(name: String, found: String, expected: String)
    /// The kernel's figures could not be read.
    case figures(path: String)
    /// The log could not be forged.
    case log(String)
    /// No address could be had or reached.
    case address(String)

    var description: String {
        switch self {
        case .usage(let reason): reason
        case .missing(let program, let package):
            "\(program) is not installed; apt-get install \(package)"
        case .file(let path, let reason): "\(path): \(reason)"
        case .child(let name, let reason, let words):
            "\(name) \(reason)" + (words.isEmpty ? "" : "; it said:\n\(words)")
        case .answer(let name, let found, let expected):
            "\(name) answered \(found); expected \(expected)"
        case .figures(let path): "\(path) does not have the form that proc(5) describes"
        case .log(let reason): "the log could not be forged: \(reason)"
        case .address(let reason): reason
        }
    }
}
