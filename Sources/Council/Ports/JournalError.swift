/// Why a journal did not do what it was asked.
package enum JournalError: Error, Equatable, Sendable {
    /// An entry's index is not the one that comes next. Nothing was appended.
    case outOfOrder(expected: Int, actual: Int)
    /// An entry is empty or longer than ``JournalEntry/octetsMax``. Nothing was appended.
    case badLength(index: Int, limit: Int, actual: Int)
    /// More than ``JournalLimits/batchEntriesMax`` entries at once. Nothing was appended.
    case batchTooLarge(limit: Int, actual: Int)
    /// The statement is in the log already, or twice in the batch. Nothing was appended.
    case duplicateStatement(index: Int)
    /// The storage failed before the commit began. Nothing was appended, not even after a restart.
    case notWritten(StorageFault)
    /// The storage failed while committing: the entries may be there after a restart, or not. The
    /// only safe way on is to exit, start again and read what is there.
    case outcomeUnknown(StorageFault)
    /// The storage failed while reading.
    case unreadable(StorageFault)
    /// A row that must be there is missing or malformed: somebody or something else wrote here.
    case corrupt(index: Int, detail: String)
}

extension JournalError: CustomStringConvertible {
    /// One sentence for the operator, with the storage's own words.
    package var description: String {
        switch self {
        case .outOfOrder(let expected, let actual):
            "the journal goes on with entry \(expected), not \(actual)"
        case .badLength(let index, let limit, let actual):
            "entry \(index) has \(actual) octets; 1 to \(limit) are allowed"
        case .batchTooLarge(let limit, let actual):
            "\(actual) entries at once; at most \(limit) are appended in one transaction"
        case .duplicateStatement(let index):
            "the statement of entry \(index) is in the log already"
        case .notWritten(let fault):
            "nothing was appended: \(fault)"
        case .outcomeUnknown(let fault):
            "the commit failed and its entries may or may not be in the journal (\(fault)); "
                + "exit and recover"
        case .unreadable(let fault):
            "the journal cannot be read: \(fault)"
        case .corrupt(let index, let detail):
            "entry \(index) of the journal is damaged: \(detail)"
        }
    }
}
