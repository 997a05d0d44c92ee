import CLinux
import Foundation

/// Questions to whoever sits at the terminal.
enum Terminal {
    /// The longest secret that is taken, octets: what the council accepts as a password.
    static let secretOctetsMax = 1024

    /// Whether standard input is a terminal, so that somebody can be asked.
    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks for a line that is not shown while it is typed.
    ///
    /// Line editing is off as well, so the keys are handled here: that way Ctrl-C cannot end the
    /// program and leave the terminal without echo.
    ///
    /// - Throws: ``Complaint`` when the person gives up or the terminal fails.
    static func askSecret(_ question: String) throws(Complaint) -> String {
        Output.prompt(question)
        guard clinux_terminal_hide(STDIN_FILENO) == 0 else {
            throw .usage(
                "the terminal cannot hide what is typed", next: "use a file option instead")
        }
        var typed: [UInt8] = []
        var ending = Ending.more
        while ending == .more {
            ending = take(nextOctet(), into: &typed)
        }
        _ = clinux_terminal_restore(STDIN_FILENO)
        Output.words("")
        guard ending == .entered else { throw .usage("nothing was entered; nothing was sent") }
        guard typed.count <= secretOctetsMax, let text = String(validating: typed, as: UTF8.self)
        else { throw .usage("longer than \(secretOctetsMax) octets, or not UTF-8") }
        return text
    }

    /// Asks for yes or no; anything but a yes is a no.
    static func confirms(_ question: String) -> Bool {
        Output.prompt(question + " [y/N] ")
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
        return answer == "y" || answer == "yes"
    }

    /// How a line comes to its end.
    private enum Ending { case more, entered, givenUp }

    private static func nextOctet() -> UInt8? {
        // A terminal that fails is one that ends.
        (try? FileHandle.standardInput.read(upToCount: 1))?.first
    }

    private static func take(_ octet: UInt8?, into typed: inout [UInt8]) -> Ending {
        switch octet {
        case nil, 0x03, 0x1A, 0x1C: return .givenUp  // end of input, Ctrl-C, Ctrl-Z, Ctrl-\
        case 0x04 where typed.isEmpty: return .givenUp  // Ctrl-D
        case 0x04, 0x0A, 0x0D: return .entered
        case 0x08, 0x7F:
            // One character back: its continuation octets (10xxxxxx) and its first.
            while let last = typed.popLast(), last & 0xC0 == 0x80 {}
        case 0x15: typed.removeAll()  // Ctrl-U
        case let octet?: if typed.count <= secretOctetsMax { typed.append(octet) }
        }
        return .more
    }
}
