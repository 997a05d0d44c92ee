/// Why a command stops: what is wrong, where, and the command that helps.
struct Complaint: Error, Sendable {
    /// The status to exit with.
    let status: ProgramStatus
    /// What is wrong; one sentence without the final stop, or one line for each fault.
    let what: String
    /// The file, address or call at which it was seen.
    let place: String?
    /// What to do next: a command, or a sentence.
    let next: String?

    init(_ status: ProgramStatus, _ what: String, at place: String? = nil, next: String? = nil) {
        self.status = status
        self.what = what
        self.place = place
        self.next = next
    }

    /// Wrong usage or an unreadable file.
    static func usage(_ what: String, at place: String? = nil, next: String? = nil) -> Complaint {
        Complaint(.usage, what, at: place, next: next)
    }

    /// A council, or a check of what it says, that refused.
    static func refused(_ what: String, at place: String? = nil, next: String? = nil) -> Complaint {
        Complaint(.refused, what, at: place, next: next)
    }
}
