/// Reads what people write, YAML or JSON, into values whose every field has a place.
package enum Documents {
    /// How a file is written.
    package enum Format: Sendable {
        /// One or several YAML documents.
        case yaml
        /// One JSON value, or an array of documents.
        case json
    }

    /// The most documents that a file may hold.
    package static let documentsMax = 64

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - octets: The file, at most 1 MiB of UTF-8.
    ///   - format: How it is written.
    ///   - name: What faults call the file.
    /// - Throws: ``DocumentsFault`` with the document, line and column.
    package static func parse(
        _ octets: [UInt8], format: Format, name: String
    ) throws(DocumentsFault) -> [LocatedDocument] {
        []
    }
}
