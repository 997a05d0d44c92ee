import Council
import GRDB

extension StorageFault {
    /// SQLite's `SQLITE_INTERRUPT`: somebody stopped waiting.
    private static let interruptedCode = 9

    /// A row that this program did not write (`SQLITE_MISMATCH`).
    static let misshapenRow = StorageFault(code: 20, message: "a row has values of other types")

    /// The row is deleted, but somebody is reading an older state that holds it (`SQLITE_BUSY`).
    static let oldPagesRemain = StorageFault(
        code: 5, message: "deleted, but an earlier copy stays while somebody reads the file")

    /// What GRDB threw, without the arguments, which GRDB knows and may print.
    init(_ error: any Error) {
        switch error {
        case let error as StorageFault:
            self = error
        case let error as DatabaseError:
            self.init(
                code: Int(error.extendedResultCode.rawValue),
                message: error.message ?? "no message", sql: error.sql)
        case is CancellationError:
            self.init(code: Self.interruptedCode, message: "the task was cancelled")
        default:
            self.init(code: 1, message: String(describing: type(of: error)))
        }
    }
}
