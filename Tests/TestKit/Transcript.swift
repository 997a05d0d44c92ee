import Foundation

/// What a program writes on one of its streams, as it comes.
package final class Transcript: Sendable {
    private struct Heard {
        var octets: [UInt8] = []
        var isComplete = false
    }

    private let heard = Watched(Heard())

    init() {}

    /// All octets so far.
    package var octets: [UInt8] { heard.state.octets }

    /// All octets so far, as text; what is not UTF-8 is shown as U+FFFD.
    package var text: String { String(decoding: octets, as: UTF8.self) }

    /// Waits for the first whole line, from the beginning, that contains the words.
    ///
    /// - Parameters:
    ///   - words: Compared as they are, upper and lower case included.
    ///   - limit: How long to wait at most.
    /// - Returns: The line without its line feed.
    /// - Throws: ``ProgramFault/noSuchLine(words:heard:)`` with all that was written instead, when
    ///   the limit passes or the stream ends.
    package func line(
        containing words: String, within limit: Duration = .seconds(30)
    ) async throws(ProgramFault) -> String {
        let found: String?? = await heard.wait(within: limit) { heard in
            if let line = Self.line(containing: words, in: heard.octets) { return .some(line) }
            return heard.isComplete ? .some(nil) : nil
        }
        guard case .some(.some(let line)) = found else {
            throw .noSuchLine(words: words, heard: text)
        }
        return line
    }

    /// Waits until the program, and all that inherited the stream from it, have closed it.
    ///
    /// - Returns: Whether that happened within the limit.
    package func isComplete(within limit: Duration) async -> Bool {
        await heard.wait(within: limit) { $0.isComplete ? true : nil } ?? false
    }

    /// The first line that ends in a line feed and contains the words.
    static func line(containing words: String, in octets: [UInt8]) -> String? {
        guard let end = octets.lastIndex(of: UInt8(ascii: "\n")) else { return nil }
        return octets[..<end].split(separator: UInt8(ascii: "\n"))
            .lazy.map { String(decoding: $0, as: UTF8.self) }
            .first { $0.contains(words) }
    }

    /// What comes next; nothing at the end. `availableData` ends the process of the tests when a
    /// signal interrupts it.
    private static func next(from descriptor: Int32) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: 65_536)
        var count = -1
        repeat {
            count = unsafe octets.withUnsafeMutableBytes {
                unsafe read(descriptor, $0.baseAddress, $0.count)
            }
        } while count < 0 && errno == EINTR
        return Array(octets.prefix(max(0, count)))
    }

    /// Reads a stream to its end on a thread of its own: such a read waits in the kernel, and the
    /// threads that run tasks must not.
    func follow(_ stream: FileHandle) {
        Thread.detachNewThread { [heard] in
            while true {
                let octets = Self.next(from: stream.fileDescriptor)
                if octets.isEmpty { break }
                heard.update { $0.octets.append(contentsOf: octets) }
            }
            // In so many words: Foundation keeps processes that ended, and their pipes with them.
            try? stream.close()
            heard.update { $0.isComplete = true }
        }
    }
}
