/// Why a value is not a document of the route language: which field, what is wrong, what was
/// expected.
package struct DocumentFault: Error, Equatable, Sendable {
    /// The field, as a JSON Pointer (RFC 6901) into the document; empty for the document itself.
    package let pointer: String
    /// What is wrong, in words that name the value found.
    package let reason: String
    /// What would have been right, in words.
    package let expected: String

    /// A fault at a field.
    package init(pointer: String, reason: String, expected: String) {
        self.pointer = pointer
        self.reason = reason
        self.expected = expected
    }
}

extension DocumentFault: CustomStringConvertible {
    /// Field, reason and expectation: `/rules/0/matches: 65 matches; expected at most 64`.
    package var description: String {
        "\(pointer.isEmpty ? "the document" : pointer): \(reason); expected \(expected)"
    }
}

/// Something that was accepted and that people should know: it does nothing here, so that nobody
/// counts on it, or it may be taken for something else.
package struct DocumentNotice: Hashable, Sendable {
    /// The field, as a JSON Pointer into the document.
    package let pointer: String
    /// What is to be said of it, in words.
    package let text: String
}
