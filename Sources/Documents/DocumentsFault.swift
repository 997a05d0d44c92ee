/// Why a file is not documents, and where.
package struct DocumentsFault: Error, Equatable, Sendable {
    /// What the file was called.
    package let file: String
    /// The document's number in the file, from 1.
    package let document: Int
    /// Where it was seen.
    package let place: Place
    /// What is wrong.
    package let reason: String
    /// What would have been right.
    package let expected: String
}

extension DocumentsFault: CustomStringConvertible {
    /// `file:line:column: document 2: reason; expected …`
    package var description: String {
        """
        \(file):\(place.line):\(place.column): document \(document): \(reason); expected \(expected)
        """
    }
}
