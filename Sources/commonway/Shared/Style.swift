import Foundation

/// Colour, where somebody looks: on a terminal, without `NO_COLOR` (no-color.org), not when dumb.
struct Style: Sendable {
    /// Whether this output shows colours.
    let isColoured: Bool

    /// The style of standard output.
    static let data = Style(descriptor: STDOUT_FILENO)
    /// The style of standard error.
    static let error = Style(descriptor: STDERR_FILENO)

    init(isColoured: Bool) { self.isColoured = isColoured }

    private init(descriptor: Int32) {
        let environment = ProcessInfo.processInfo.environment
        let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        isColoured = isatty(descriptor) == 1 && !refused && environment["TERM"] != "dumb"
    }

    func bold(_ text: String) -> String { painted(text, "1") }
    func dim(_ text: String) -> String { painted(text, "2") }
    func red(_ text: String) -> String { painted(text, "31") }
    func green(_ text: String) -> String { painted(text, "32") }
    func yellow(_ text: String) -> String { painted(text, "33") }

    private func painted(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
