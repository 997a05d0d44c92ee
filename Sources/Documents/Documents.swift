/// Reads what people write, YAML or JSON, into values whose every field has a place.
package enum Documents {
    /// How a file is written.
    package enum Format: Sendable {
        /// One or several YAML documents.
        case yaml
        /// One JSON value, or an array of documents.
        case json
    }

    /// The largest file, octets: far more than the entry of one proposal may hold.
    package static let octetsMax = 1 << 20
    /// The most documents that a file may hold.
    package static let documentsMax = 64
    /// The deepest nesting: a scalar has depth 0, an empty list depth 1.
    package static let depthMax = 32

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - octets: The file, at most ``octetsMax`` octets of UTF-8.
    ///   - format: How it is written.
    ///   - name: What faults call the file.
    ///   - documentsMax: The most documents; a whole table has more than a proposal.
    /// - Returns: The documents in the order written; empty YAML documents are left out.
    /// - Throws: ``DocumentsFault`` with the document, line and column.
    package static func parse(
        _ octets: [UInt8], format: Format, name: String, documentsMax: Int = documentsMax
    ) throws(DocumentsFault) -> [LocatedDocument] {
        guard octets.count <= octetsMax else {
            throw DocumentsFault(
                file: name, document: 1, place: Place(line: 1, column: 1),
                reason: "a file of \(octets.count) octets", expected: "at most \(octetsMax)")
        }
        switch format {
        case .yaml:
            var reader = YAMLReader(file: name, documentsMax: documentsMax)
            return try reader.read(octets)
        case .json:
            return try readJSON(octets, file: name, documentsMax: documentsMax)
        }
    }
}
