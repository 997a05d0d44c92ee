/// What a database said when it failed: code, message and SQL, never the arguments, which may be
/// secrets or personal data.
package struct StorageFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The storage engine's own code; for SQLite the extended result code.
    package let code: Int
    /// The storage engine's own words.
    package let message: String
    /// The statement that failed, with placeholders, if one was running.
    package let sql: String?

    /// A fault as the storage engine told it.
    package init(code: Int, message: String, sql: String? = nil) {
        self.code = code
        self.message = message
        self.sql = sql
    }

    /// Code, message and SQL in one line.
    package var description: String {
        guard let sql else { return "storage error \(code): \(message)" }
        return "storage error \(code): \(message), while executing `\(sql)`"
    }
}
