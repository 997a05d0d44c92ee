import Foundation
import Synchronization

/// The two ways out of the program: data for other programs, words for people.
enum Output {
    /// How much is told; a serving process sets it at its start.
    static var level: LogLevel {
        get { quiet.load(ordering: .relaxed) ? .error : .info }
        set { quiet.store(newValue == .error, ordering: .relaxed) }
    }

    private static let quiet = Atomic<Bool>(false)

    /// Writes a line of data to standard output.
    ///
    /// - Throws: ``Complaint`` when it cannot be written: a full disk is not success.
    static func data(_ line: String) throws(Complaint) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
        } catch {
            throw .refused("standard output cannot be written: \(Reason.text(error))")
        }
    }

    /// Writes a line for people to standard error, unless only troubles are told.
    static func words(_ line: String) {
        if level == .info { trouble(line) }
    }

    /// Writes a line about a trouble to standard error.
    static func trouble(_ line: String) {
        // Nothing is left to complain to when standard error itself fails.
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Writes words without ending the line, to ask for an answer.
    static func prompt(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Says why the program stops and what comes next.
    static func complain(_ complaint: Complaint) {
        trouble(Style.error.red("error:") + " " + complaint.what)
        if let place = complaint.place { trouble("  at:   \(place)") }
        if let next = complaint.next { trouble("  next: \(next)") }
    }

    /// Text that somebody else wrote, made safe to show: control and direction characters become
    /// `<U+001B>`, since a terminal obeys the former and a reader is misled by the latter.
    static func plain(_ text: some StringProtocol) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            if isUnsafe(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                shown +=
                    "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
        case .format: scalar.value != 0x200D  // the joiner inside emoji
        default: false
        }
    }
}
